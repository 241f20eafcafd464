// The whole protocol: events in, actions out. It keeps the connections, reads what comes over them,
// closes gaps from the log, and hands each signal to the desk once and in order. The rules' numbers are
// those of docs/ea-protocol.md.
#ifndef ML_ASSETS_MACHINE
#define ML_ASSETS_MACHINE
#include "Desk.mqh"
#include "Resp.mqh"

#define ML_PAGE 100
#define ML_INBOX 128
#define ML_LOOK_BACK 512
#define ML_PENDING 1024
#define ML_IN_FLIGHT 200
#define ML_SECOND 1000
#define ML_SILENCE 5000
#define ML_AGAIN_AFTER 250
#define ML_AWAIT_BEAT 3000
#define ML_BEHIND 3

enum EA_STAGE { EA_DOWN, EA_LOGGING_IN, EA_LOOKING_BACK, EA_AWAITING_BEAT, EA_LISTENING };
enum EA_REPLY { EA_LOGIN, EA_FOUND_FILLS, EA_FOUND_ACKS, EA_REPLAY, EA_DOCUMENT };

class EaMachine {
private:
   EaConfig m_config;
   RespReader m_reader[2]; // 0 signals, 1 commands
   bool m_open[2];
   long m_heard[2];
   int m_logins[2]; // answers to come before the socket may be used
   int m_pending[ML_PENDING];
   int m_pendingFrom;
   int m_pendingCount;
   int m_stage;
   int m_subscribed;
   bool m_connecting;
   long m_connectAt;
   long m_beginAt;
   long m_secondAt;
   long m_awaitUntil;
   long m_pingAt;
   bool m_replaying;
   bool m_again;
   bool m_newEpoch; // of heartbeats since the streams were looked at
   bool m_lookingAgain;
   bool m_ours; // the log was seen to be the journal's
   long m_read;
   string m_readId;
   long m_readEpoch;
   long m_noted;
   long m_beatEpoch;
   long m_beatAt;
   int m_behind;
   EaSignal m_inbox[ML_INBOX];
   int m_inboxCount;
   bool m_stopped;
   bool m_listening;
   bool m_begun;
   bool m_brokerHeard;

   string SocketName(const int socket) const {
      return socket == 0 ? "signals" : "commands";
   }

   string SignalsName() const {
      return m_config.prefix + (m_config.mode == "live" ? "signals" : "signals.shadow");
   }

   string ChannelName(const int channel) const {
      return SignalsName() + (channel == 0 ? "" : ".heartbeat");
   }

   // The kind of reply a command has.
   int Expected(const int reply) const {
      return reply == EA_LOGIN ? '+' : reply == EA_DOCUMENT ? '$' : '*';
   }

   void Send(const int socket, const string words, EaActions &out) {
      out.Add(EA_SEND, SocketName(socket), words);
   }

   void Ask(const int reply, const string words, EaActions &out) {
      m_pending[(m_pendingFrom + m_pendingCount) % ML_PENDING] = reply;
      m_pendingCount++;
      Send(1, words, out);
   }

   void Stop(const string why, EaActions &out) {
      for(int i = 0; i < 2; i++)
         if(m_open[i])
            out.Add(EA_CLOSE, "", SocketName(i));
      m_open[0] = false;
      m_open[1] = false;
      m_stopped = true;
      m_listening = false;
      m_inboxCount = 0;
      out.Stop(why);
   }

   // C8
   void Lose(const long now, EaActions &out) {
      for(int i = 0; i < 2; i++) {
         if(m_open[i] || m_connecting)
            out.Add(EA_CLOSE, "", SocketName(i));
         m_open[i] = false;
         m_reader[i].Clear();
         m_logins[i] = 0;
      }
      m_connecting = false;
      m_connectAt = now + ML_AGAIN_AFTER;
      m_pendingFrom = 0;
      m_pendingCount = 0;
      m_stage = EA_DOWN;
      m_subscribed = 0;
      m_pingAt = -1;
      m_replaying = false;
      m_again = false;
      m_newEpoch = false;
      m_lookingAgain = false;
      m_ours = false;
      m_listening = false;
      desk.outbox.Doubt();
   }

   void LogIn(const int socket, const string words, EaActions &out) {
      m_logins[socket]++;
      if(socket == 1)
         Ask(EA_LOGIN, words, out);
      else
         Send(0, words, out);
   }

   // C3: both sockets are logged in and the subscription stands.
   void LookBack(EaActions &out) {
      if(m_stage != EA_LOGGING_IN || m_subscribed < 2 || !m_open[1] || m_logins[1] > 0)
         return;
      m_stage = EA_LOOKING_BACK;
      AskWhatIsThere(out);
   }

   void AskWhatIsThere(EaActions &out) {
      string count = "\n+\n-\nCOUNT\n" + IntegerToString(ML_LOOK_BACK);
      Ask(EA_FOUND_FILLS, "XREVRANGE\n" + m_config.prefix + "fills" + count, out);
      Ask(EA_FOUND_ACKS, "XREVRANGE\n" + m_config.prefix + "acks" + count, out);
   }

   // C4, C5, H5
   void LookedBack(const long now, EaActions &out) {
      desk.outbox.Add("positions", desk.Positions(now), 0);
      if(m_lookingAgain) {
         m_lookingAgain = false;
         return;
      }
      m_stage = EA_AWAITING_BEAT;
      m_awaitUntil = now + ML_AWAIT_BEAT;
      m_secondAt = now + ML_SECOND;
      if(m_config.bars)
         Listen(out);
   }

   void Listen(EaActions &out) {
      m_stage = EA_LISTENING;
      Replay(out);
   }

   // C5: asks the log for what comes after the last number read; from that number on until it was seen
   // to be the same signal's.
   void Replay(EaActions &out) {
      if(m_stage != EA_LISTENING || m_replaying || desk.Busy() || m_inboxCount > 0) {
         m_again = true;
         return;
      }
      m_again = false;
      m_replaying = true;
      long from = !m_ours && m_read > 0 ? m_read : m_read + 1;
      Ask(EA_REPLAY,
          "XRANGE\n" + SignalsName() + ".log\n" + IntegerToString(from) + "-0\n+\nCOUNT\n" + IntegerToString(ML_PAGE),
          out);
   }

   void TakeUp(const EaSignal &signal) {
      m_inbox[m_inboxCount] = signal;
      m_inboxCount++;
      m_read = signal.seq;
      m_readId = signal.id;
      m_readEpoch = signal.epoch;
   }

   // S5: nobody can read this number, but it is the next one.
   void Pass(const long seq) {
      malformed++;
      if(seq != m_read + 1)
         return;
      EaSignal passed;
      Blank(passed);
      passed.seq = seq;
      passed.epoch = m_readEpoch;
      TakeUp(passed);
   }

   void Blank(EaSignal &signal) {
      signal.seq = 0;
      signal.epoch = 0;
      signal.id = "";
      signal.pair = "";
      signal.action = "";
      for(int i = 0; i < 2; i++) {
         signal.symbol[i] = "";
         signal.side[i] = 0;
         signal.weight[i] = 0;
      }
      signal.scale = 0;
      signal.risk = false;
      signal.barTs = 0;
      signal.expiresAt = 0;
   }

   bool IsOther(const EaSignal &signal) const {
      return signal.seq == m_read && StringLen(m_readId) > 0 && signal.id != m_readId;
   }

   // S4: an entry of the log.
   void Entry(const string id, const string text, EaActions &out) {
      int dash = StringFind(id, "-", 0);
      long seq = WholeNumber(Part(id, 0, dash));
      if(seq < 1 || seq < m_read)
         return;
      EaSignal signal;
      Blank(signal);
      bool readable = ReadSignal(text, m_config.key, m_config.mode, signal) && signal.seq == seq;
      if(seq == m_read && readable && IsOther(signal)) {
         Stop("other signals than the journal's", out);
         return;
      }
      m_ours = true;
      if(seq == m_read)
         return;
      if(!readable || signal.epoch < m_readEpoch)
         Pass(seq);
      else
         TakeUp(signal);
   }

   // S2: a signal that was pushed.
   void Pushed(const string text, EaActions &out) {
      EaSignal signal;
      Blank(signal);
      if(!ReadSignal(text, m_config.key, m_config.mode, signal)) {
         malformed++;
         return;
      }
      if(signal.seq <= m_read) {
         if(IsOther(signal))
            Stop("other signals than the journal's", out);
         duplicates++;
         return;
      }
      if(signal.epoch < m_beatEpoch)
         stale++;
      bool next = signal.seq == m_read + 1 && signal.epoch >= m_readEpoch && signal.epoch >= m_beatEpoch;
      if(next && m_stage == EA_LISTENING && m_ours && !desk.Busy() && m_inboxCount == 0)
         TakeUp(signal);
      else
         Replay(out);
   }

   // H1 to H5
   void Beat(const string text, const long now, EaActions &out) {
      EaHeartbeat beat;
      if(!ReadHeartbeat(text, m_config.key, m_config.mode, beat)) {
         malformed++;
         return;
      }
      if(beat.epoch < m_beatEpoch || (beat.epoch == m_beatEpoch && beat.at <= m_beatAt)) {
         stale++;
         return;
      }
      if(m_stage == EA_LISTENING && m_beatEpoch > 0 && beat.epoch > m_beatEpoch)
         m_newEpoch = true;
      m_beatEpoch = beat.epoch;
      m_beatAt = beat.at;
      desk.clock.Beat(beat.market, now);
      desk.State(beat.state);
      m_behind = beat.tip < m_read && !m_config.files ? m_behind + 1 : 0;
      if(m_behind >= ML_BEHIND) {
         Stop("numbers went back", out);
         return;
      }
      if(m_stage == EA_AWAITING_BEAT)
         Listen(out);
      else if(beat.tip > m_read)
         Replay(out);
      if(desk.Busy())
         desk.Tick(now, out);
   }

   // A reply on the socket of signals.
   void OnSignals(const long now, EaActions &out) {
      if(m_logins[0] > 0) {
         m_logins[0]--;
         if(m_reader[0].Type(0) != '+')
            Lose(now, out);
         return;
      }
      int length = m_reader[0].Length(0);
      string what = m_reader[0].Text(1);
      string channel = length == 3 ? m_reader[0].Text(2) : "";
      if(what == "subscribe" && m_subscribed < 2 && channel == ChannelName(m_subscribed)) {
         m_subscribed++;
         LookBack(out);
      } else if(what == "pong" && length == 2 && m_pingAt >= 0) {
         desk.clock.Trip(now - m_pingAt);
         m_pingAt = -1;
      } else if(what == "message" && channel == ChannelName(1))
         Beat(m_reader[0].Text(3), now, out);
      else if(what == "message" && channel == ChannelName(0))
         Pushed(m_reader[0].Text(3), out);
      else
         Lose(now, out);
   }

   // The value of field json of the stream entry at a node.
   string Payload(const int entry) const {
      int fields = m_reader[1].After(entry + 1);
      int node = fields + 1;
      for(int i = 0; i + 1 < m_reader[1].Length(fields); i += 2) {
         if(m_reader[1].Text(node) == "json")
            return m_reader[1].Text(m_reader[1].After(node));
         node = m_reader[1].After(m_reader[1].After(node));
      }
      return "";
   }

   // A reply on the socket of commands.
   void OnCommands(const long now, EaActions &out) {
      if(m_pendingCount == 0) {
         Lose(now, out);
         return;
      }
      int reply = m_pending[m_pendingFrom];
      m_pendingFrom = (m_pendingFrom + 1) % ML_PENDING;
      m_pendingCount--;
      int entries = m_reader[1].Length(0);
      if(m_reader[1].Type(0) != Expected(reply) || entries > (reply == EA_REPLAY ? ML_PAGE : ML_LOOK_BACK)) {
         Lose(now, out);
         return;
      }
      if(reply == EA_LOGIN) {
         m_logins[1]--;
         LookBack(out);
         return;
      }
      if(reply == EA_DOCUMENT) {
         desk.outbox.There();
         return;
      }
      if(reply == EA_FOUND_FILLS)
         desk.outbox.Doubt(); // what was under way has arrived before
      int node = 1;
      for(int i = 0; i < entries && !m_stopped; i++) {
         if(reply == EA_REPLAY)
            Entry(m_reader[1].Text(node + 1), Payload(node), out);
         else
            desk.outbox.Found(reply == EA_FOUND_FILLS ? "fills" : "acks", Payload(node));
         node = m_reader[1].After(node);
      }
      if(reply == EA_FOUND_ACKS)
         LookedBack(now, out);
      if(reply == EA_REPLAY && !m_stopped) {
         m_replaying = false;
         m_ours = m_ours || m_read == 0;
         m_again = m_again || entries >= ML_PAGE;
         m_listening = m_listening || (m_ours && !m_again);
      }
   }

   // D2: an entry whose pair has a later decision behind it in the backlog.
   bool IsSuperseded() const {
      for(int i = 1; i < m_inboxCount; i++)
         if(m_inbox[i].pair == m_inbox[0].pair && m_inbox[i].barTs > m_inbox[0].barTs &&
            (m_inbox[i].action == "ENTER" || m_inbox[i].action == "EXIT"))
            return true;
      return false;
   }

   void JudgeNext(const long now, EaActions &out) {
      bool superseded = IsSuperseded();
      EaSignal signal = m_inbox[0];
      for(int i = 1; i < m_inboxCount; i++)
         m_inbox[i - 1] = m_inbox[i];
      m_inboxCount--;
      if(StringLen(signal.action) == 0) {
         desk.Pass(signal.seq);
         return;
      }
      received++;
      if(signal.action != "HOLD")
         m_noted = signal.seq;
      desk.Judge(signal, superseded, now, out);
   }

   // Does all that can be done with what is here.
   void Process(const long now, EaActions &out) {
      while(!m_stopped && !desk.Waiting()) {
         if(!desk.Busy() && m_inboxCount > 0) {
            JudgeNext(now, out);
            continue;
         }
         if(m_again && m_stage == EA_LISTENING && !m_replaying && !desk.Busy()) {
            Replay(out);
            continue;
         }
         int socket = 0;
         int result = m_reader[0].Next();
         if(result == ML_RESP_MORE) {
            socket = 1;
            result = m_reader[1].Next();
         }
         if(result == ML_RESP_MORE)
            break;
         if(result == ML_RESP_BROKEN)
            Lose(now, out);
         else if(socket == 0)
            OnSignals(now, out);
         else
            OnCommands(now, out);
      }
      SendDocuments(out);
   }

   // C4, H5
   void SendDocuments(EaActions &out) {
      if(m_stopped || m_stage < EA_AWAITING_BEAT)
         return;
      if(m_newEpoch && !m_lookingAgain) {
         m_newEpoch = false;
         m_lookingAgain = true;
         AskWhatIsThere(out);
      }
      if(m_lookingAgain)
         return;
      for(int i = 0; i < desk.outbox.Count() && m_pendingCount < ML_IN_FLIGHT; i++) {
         EaDocument document;
         desk.outbox.Get(i, document);
         // C4: another history's dispatcher must not take our answers for its own signals'.
         if(document.state != 0 || (!m_ours && desk.outbox.IsKept(i)))
            continue;
         desk.outbox.UnderWay(i);
         Ask(EA_DOCUMENT, "XADD\n" + m_config.prefix + document.stream + "\n*\njson\n" + document.text, out);
      }
   }

   // C7: once a second.
   void EverySecond(const long now, EaActions &out) {
      m_secondAt = now + ML_SECOND;
      if(m_pingAt < 0) {
         m_pingAt = now;
         Send(0, "PING", out);
      }
      if(m_stage == EA_LISTENING && !m_replaying)
         Replay(out);
      Note(out);
   }

   // J4
   void Note(EaActions &out) {
      if(desk.lastSeq <= m_noted || desk.Busy())
         return;
      m_noted = desk.lastSeq;
      out.Journal(ProgressLine(desk.lastSeq, desk.lastId, desk.lastEpoch));
   }

   bool IsSilent(const long now) const {
      if(m_stage < EA_AWAITING_BEAT)
         return now - m_beginAt > ML_SILENCE;
      return now - m_heard[0] > ML_SILENCE || now - m_heard[1] > ML_SILENCE;
   }

public:
   EaDesk desk;
   long malformed;
   long stale;
   long duplicates;
   long received;

   EaMachine() {
      m_pendingFrom = 0;
      m_pendingCount = 0;
      m_stage = EA_DOWN;
      m_subscribed = 0;
      m_connecting = false;
      m_connectAt = 0;
      m_beginAt = 0;
      m_secondAt = 0;
      m_awaitUntil = 0;
      m_pingAt = -1;
      m_replaying = false;
      m_again = false;
      m_newEpoch = false;
      m_lookingAgain = false;
      m_ours = false;
      m_read = 0;
      m_readId = "";
      m_readEpoch = 0;
      m_noted = 0;
      m_beatEpoch = 0;
      m_beatAt = 0;
      m_behind = 0;
      m_inboxCount = 0;
      m_stopped = false;
      m_listening = false;
      m_begun = false;
      m_brokerHeard = false;
      malformed = 0;
      stale = 0;
      duplicates = 0;
      received = 0;
      for(int i = 0; i < 2; i++) {
         m_open[i] = false;
         m_heard[i] = 0;
         m_logins[i] = 0;
      }
   }

   // R1: first the configuration, then every line of the journal, then the broker's positions, then this.
   void Configure(const EaConfig &config) {
      m_config = config;
      desk.Configure(config);
   }

   string Load(const string line) {
      return desk.Load(line);
   }

   void Begin(const long now, EaActions &out) {
      m_begun = true;
      desk.Begin(now, out);
      m_read = desk.Seq();
      m_readId = desk.Id();
      m_readEpoch = desk.Epoch();
      m_noted = m_read;
      m_connectAt = now;
      if(m_config.files) {
         desk.WriteAgain(out);
         out.Add(EA_WRITE, "positions.json", desk.Positions(now));
      }
      Tick(now, out);
   }

   // R2: what the broker holds, symbol by symbol. Ignored while a signal is being obeyed: nobody could
   // say which of its deals are in these figures.
   void BrokerBegins() {
      m_brokerHeard = !m_begun || !desk.Busy();
      if(m_brokerHeard)
         desk.book.BrokerBegins();
   }

   void Broker(const string symbol, const double lots) {
      if(m_brokerHeard)
         desk.book.Broker(symbol, lots);
   }

   void Connected(const int socket, const long now, EaActions &out) {
      if(m_stopped || !m_connecting)
         return;
      m_open[socket] = true;
      m_heard[socket] = now;
      if(StringLen(m_config.password) > 0) {
         string user = StringLen(m_config.user) > 0 ? m_config.user + "\n" : "";
         LogIn(socket, "AUTH\n" + user + m_config.password, out);
      }
      if(m_config.database != 0)
         LogIn(socket, "SELECT\n" + IntegerToString(m_config.database), out);
      if(socket == 0)
         Send(0, "SUBSCRIBE\n" + SignalsName() + "\n" + SignalsName() + ".heartbeat", out);
      if(m_open[0] && m_open[1])
         m_connecting = false;
      m_stage = EA_LOGGING_IN;
      LookBack(out);
   }

   void Lost(const int socket, const long now, EaActions &out) {
      if(m_stopped || (!m_open[socket] && !m_connecting))
         return;
      Lose(now, out);
   }

   void Received(const int socket, const string bytes, const long now, EaActions &out) {
      if(m_stopped || !m_open[socket])
         return;
      m_heard[socket] = now;
      if(m_reader[socket].Add(bytes))
         Process(now, out);
      else
         Lose(now, out);
   }

   // F1: a file that is new or has changed.
   void File(const string name, const string text, const long now, EaActions &out) {
      if(m_stopped || !m_config.files)
         return;
      if(StringFind(name, "heartbeat", 0) == 0) {
         Beat(text, now, out);
         Process(now, out);
         return;
      }
      EaSignal signal;
      Blank(signal);
      if(!ReadSignal(text, m_config.key, m_config.mode, signal)) {
         malformed++;
         return;
      }
      if(signal.epoch < m_beatEpoch) {
         stale++;
         return;
      }
      int index = desk.book.Find(signal.pair);
      bool known = index >= 0 && signal.seq <= desk.book.pairs[index].lastSeq;
      known = known || (desk.Busy() && signal.seq == desk.Seq());
      for(int i = 0; i < m_inboxCount; i++)
         known = known || m_inbox[i].seq == signal.seq;
      if(known || signal.action == "HOLD" || m_inboxCount >= ML_INBOX)
         return;
      m_inbox[m_inboxCount] = signal;
      m_inboxCount++;
      Process(now, out);
   }

   void Result(const EaResult &result, const long now, EaActions &out) {
      if(m_stopped)
         return;
      desk.Result(result, now, out);
      Process(now, out);
   }

   // Market time of a replay.
   void Market(const long end, const long now, EaActions &out) {
      desk.clock.Bar(end);
      if(desk.Busy() && !desk.Waiting() && !m_stopped)
         desk.Tick(now, out);
   }

   // B1: a bar the terminal has seen end.
   void Bar(const string text, EaActions &out) {
      if(m_config.files || m_stopped)
         return;
      desk.outbox.Add("bars", text, 0);
      SendDocuments(out);
   }

   void Tick(const long now, EaActions &out) {
      if(m_stopped)
         return;
      desk.Tick(now, out);
      if(!m_config.files)
         TickConnections(now, out);
      Process(now, out);
   }

   void TickConnections(const long now, EaActions &out) {
      bool down = !m_open[0] && !m_open[1] && !m_connecting;
      if(down) {
         if(now < m_connectAt)
            return;
         m_connecting = true;
         m_beginAt = now;
         out.Add(EA_CONNECT, "", "signals");
         out.Add(EA_CONNECT, "", "commands");
         return;
      }
      if(IsSilent(now)) {
         Lose(now, out);
         return;
      }
      if(m_stage == EA_AWAITING_BEAT && now >= m_awaitUntil)
         Listen(out);
      if(m_stage >= EA_AWAITING_BEAT && now >= m_secondAt)
         EverySecond(now, out);
   }

   // Before the end: how far was read.
   void End(EaActions &out) {
      if(!m_stopped)
         Note(out);
   }

   // Whether it is subscribed and has read what it missed.
   bool IsListening() const {
      return m_listening;
   }

   bool IsStopped() const {
      return m_stopped;
   }
};

#endif
