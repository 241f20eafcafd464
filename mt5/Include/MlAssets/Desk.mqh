// Obeys signals one at a time: judges, plans, journals, orders, answers. It knows no sockets. The rules'
// numbers are those of docs/ea-protocol.md.
#ifndef ML_ASSETS_DESK
#define ML_ASSETS_DESK
#include "Book.mqh"
#include "Clock.mqh"
#include "Config.mqh"
#include "Outbox.mqh"
#include "Plan.mqh"
#include "Signal.mqh"

#define ML_RETRY_AFTER 30000
#define ML_RESUME_WITHIN 10000
#define ML_ENTRIES 128

class EaDesk {
private:
   EaConfig m_config;
   EaPlan m_plan;
   EaQuotes m_quotes;
   double m_equity;
   long m_entryAt[ML_ENTRIES];
   int m_entries;
   long m_resumeUntil;
   string m_state;
   ML_GROWING(EaTicket, m_booked);
   int m_bookedCount;

   bool IsKnown(const string pair) const {
      return StringLen(m_config.pairs) == 0 || StringFind("," + m_config.pairs + ",", "," + pair + ",", 0) >= 0;
   }

   string Time(const long now) const {
      return clock.Known(now) ? "\"" + TextOfTime(clock.Now(now)) + "\"" : "null";
   }

   // D3: what forbids an entry at any moment; "" for nothing.
   string Forbidden(const long now, const long expiresAt) const {
      if(!clock.Known(now))
         return m_config.bars ? "no market yet" : "no heartbeat";
      if(clock.Now(now) > expiresAt)
         return "expired";
      if(m_state == "HALTED")
         return "halted";
      if(m_state == "REDUCING")
         return "reducing";
      return "";
   }

   int EntriesLately(const long now) const {
      int lately = 0;
      for(int i = 0; i < m_entries && i < ML_ENTRIES; i++)
         if(now - m_entryAt[i] < 60000)
            lately++;
      return lately;
   }

   // D4: the hard local limits.
   string Limit(const EaSignal &signal, const long now) const {
      if(!book.Agrees())
         return "positions differ";
      if(signal.risk)
         return "risk flag";
      if(m_equity < m_config.minEquity)
         return "equity below the limit";
      if(book.PairsHeld() >= m_config.maxPairs)
         return "too many pairs";
      if(EntriesLately(now) >= m_config.maxEntries)
         return "too many entries";
      for(int i = 0; i < 2; i++) {
         double lots = Lots(signal, i);
         if(lots == 0)
            return "no quote";
         if(lots > m_config.maxLots + ML_SMALLEST)
            return "too many lots";
      }
      return "";
   }

   double Lots(const EaSignal &signal, const int leg) const {
      return m_quotes.Worth(signal.symbol[leg], m_config.capital * signal.weight[leg] * signal.scale,
                            signal.side[leg] > 0);
   }

   string LegAck(const int leg, const string outcome) const {
      return "{\"leg\":" + IntegerToString(leg) + ",\"symbol\":\"" + m_plan.legs[leg].symbol + "\",\"outcome\":\"" +
             outcome + "\",\"lots\":" + PlainNumber(m_plan.legs[leg].filled) + "}";
   }

   // D9: the one answer.
   void Finish(const string outcome, const string first, const string second, const string reason, const long now,
               EaActions &out) {
      string open = "{\"account\":\"" + m_config.account + "\",\"signal_seq\":" + IntegerToString(m_plan.seq) +
                    ",\"signal_id\":\"" + m_plan.id + "\",\"epoch\":" + IntegerToString(m_plan.epoch) +
                    ",\"pair\":\"" + m_plan.pair + "\",\"action\":\"" + m_plan.action + "\",\"outcome\":\"" + outcome +
                    "\",\"reason\":\"" + reason + "\",\"legs\":[" + LegAck(0, first) + "," + LegAck(1, second) +
                    "],\"at\":" + Time(now);
      string ack = Seal(open, m_config.key);
      out.Journal(AckLine(m_plan.seq, ack));
      outbox.Add("acks", ack, m_plan.seq);
      if(m_config.files)
         out.Add(EA_WRITE, "ack-" + IntegerToString(m_plan.seq) + ".json", ack);
      Settle(m_plan.seq, m_plan.id, m_plan.epoch);
      Answered(m_plan.pair, m_plan.seq, m_plan.action, outcome, now);
      ClearPlan(m_plan);
   }

   void Settle(const long seq, const string id, const long epoch) {
      if(seq < lastSeq)
         return;
      lastSeq = seq;
      lastId = id;
      lastEpoch = epoch;
   }

   // Tickets of deals whose order may be sent again (D11), or asked for again (R1).
   void Remember(const long seq, const long ticket) {
      if(m_bookedCount >= ArraySize(m_booked))
         ArrayResize(m_booked, m_bookedCount + 32);
      m_booked[m_bookedCount].seq = seq;
      m_booked[m_bookedCount].ticket = ticket;
      m_bookedCount++;
   }

   // Only unfinished signals have orders that are sent again.
   void ForgetFinished() {
      int kept = 0;
      for(int i = 0; i < m_bookedCount; i++) {
         bool open = false;
         for(int j = 0; j < book.count; j++)
            open = open || book.pairs[j].unfinishedSeq == m_booked[i].seq;
         if(!open)
            continue;
         m_booked[kept] = m_booked[i];
         kept++;
      }
      m_bookedCount = kept;
   }

   // D10: what an answered signal leaves to be closed.
   void Answered(const string pair, const long seq, const string action, const string outcome, const long now) {
      int index = book.Of(pair);
      if(index < 0)
         return;
      book.pairs[index].lastSeq = seq;
      if(action == "ENTER" && (outcome == "EXPIRED" || outcome == "BLOCKED" || outcome == "SUPERSEDED"))
         return;
      bool open = book.IsHeld(index) && (action == "EXIT" || outcome == "LEG_BREAK");
      book.pairs[index].unfinishedSeq = open ? seq : 0;
      book.pairs[index].unfinishedKind = action == "EXIT" ? "order" : "unwind";
      book.pairs[index].retryAt = now + ML_RETRY_AFTER;
   }

   void Refuse(const string outcome, const string reason, const long now, EaActions &out) {
      Finish(outcome, outcome, outcome, reason, now, out);
   }

   void Plan(const EaSignal &signal) {
      ClearPlan(m_plan);
      ForgetFinished();
      m_plan.active = true;
      m_plan.seq = signal.seq;
      m_plan.id = signal.id;
      m_plan.epoch = signal.epoch;
      m_plan.pair = signal.pair;
      m_plan.action = signal.action;
      m_plan.expiresAt = signal.expiresAt;
      for(int i = 0; i < 2; i++)
         m_plan.legs[i].symbol = signal.symbol[i];
   }

   // D5
   void Enter(const EaSignal &signal, const bool superseded, const long now, EaActions &out) {
      int index = book.Find(signal.pair);
      if(superseded) {
         Refuse("SUPERSEDED", "superseded", now, out);
         return;
      }
      if(!IsKnown(signal.pair) || book.Of(signal.pair) < 0) {
         Refuse("BLOCKED", "unknown pair", now, out);
         return;
      }
      if(book.IsHeld(index)) {
         bool same = book.pairs[index].lots[0] * signal.side[0] > 0 && book.pairs[index].lots[1] * signal.side[1] > 0;
         Refuse(same ? "FILLED" : "BLOCKED", same ? "held already" : "held otherwise", now, out);
         return;
      }
      string reason = Forbidden(now, signal.expiresAt);
      if(StringLen(reason) == 0)
         reason = Limit(signal, now);
      if(StringLen(reason) > 0) {
         Refuse(reason == "expired" ? "EXPIRED" : "BLOCKED", reason, now, out);
         return;
      }
      for(int i = 0; i < 2; i++)
         m_plan.legs[i].asked = Lots(signal, i) * signal.side[i];
      m_entryAt[m_entries % ML_ENTRIES] = now;
      m_entries++;
      out.Journal(IntentLine(m_plan));
      Continue(now, out);
   }

   // D6
   void Exit(const EaSignal &signal, const long now, EaActions &out) {
      int index = book.Find(signal.pair);
      if(!book.IsHeld(index)) {
         bool known = IsKnown(signal.pair);
         Refuse(known ? "FILLED" : "BLOCKED", known ? "not held" : "unknown pair", now, out);
         return;
      }
      for(int i = 0; i < 2; i++) {
         AdoptWhatIsThere(index, i, out);
         m_plan.legs[i].asked = -book.pairs[index].lots[i];
      }
      if(!book.IsHeld(index)) {
         Refuse("FILLED", "closed elsewhere", now, out);
         return;
      }
      out.Journal(IntentLine(m_plan));
      Continue(now, out);
   }

   // A leg of which the broker has less than the journal was closed by other hands.
   void AdoptWhatIsThere(const int index, const int leg, EaActions &out) {
      double there = -book.Closing(index, leg);
      if(MathAbs(there - book.pairs[index].lots[leg]) <= ML_SMALLEST)
         return;
      out.Journal(AdoptLine("closed elsewhere", m_plan.pair, m_plan.legs[leg].symbol, there));
      book.Adopt(index, leg, there);
   }

   void Order(const int leg, const string kind, const double lots, EaActions &out) {
      m_plan.leg = leg;
      m_plan.kind = kind;
      m_plan.waiting = true;
      m_plan.lookup = false;
      out.Journal(OrderLine(m_plan.seq, m_plan.pair, leg, kind, m_plan.legs[leg].symbol, lots));
      out.Order(EA_ORDER, m_plan.seq, leg, kind, m_plan.pair, m_plan.legs[leg].symbol, lots);
   }

   // D7: the next order of the plan, or its end.
   void Continue(const long now, EaActions &out) {
      if(!m_plan.active || m_plan.waiting)
         return;
      if(m_plan.action == "EXIT")
         ContinueExit(now, out);
      else
         ContinueEntry(now, out);
   }

   void ContinueExit(const long now, EaActions &out) {
      int index = book.Of(m_plan.pair);
      for(int i = 0; i < 2; i++) {
         if(m_plan.legs[i].done)
            continue;
         AdoptWhatIsThere(index, i, out);
         m_plan.legs[i].asked = -book.pairs[index].lots[i];
         if(m_plan.legs[i].asked != 0) {
            Order(i, "order", m_plan.legs[i].asked, out);
            return;
         }
         m_plan.legs[i].done = true;
      }
      string first = LegOutcome(0);
      string second = LegOutcome(1);
      bool none = IsUnfilled(0) && IsUnfilled(1);
      bool all = first == "FILLED" && second == "FILLED";
      Finish(all ? "FILLED" : none ? "REJECTED" : "PARTIAL", first, second, "", now, out);
   }

   bool IsUnfilled(const int leg) const {
      return m_plan.legs[leg].filled == 0;
   }

   string LegOutcome(const int leg) const {
      if(MathAbs(m_plan.legs[leg].asked - m_plan.legs[leg].filled) <= ML_SMALLEST)
         return "FILLED";
      return IsUnfilled(leg) ? "REJECTED" : "PARTIAL";
   }

   void ContinueEntry(const long now, EaActions &out) {
      for(int i = 0; i < 2 && !m_plan.breaking; i++) {
         if(m_plan.legs[i].done)
            continue;
         string reason = Forbidden(now, m_plan.expiresAt);
         if(StringLen(reason) > 0) {
            if(!clock.Known(now) && m_plan.resumed && now < m_resumeUntil)
               return;
            if(i == 0) {
               Refuse(reason == "expired" ? "EXPIRED" : "BLOCKED", reason, now, out);
               return;
            }
            Break(reason);
            continue;
         }
         if(i == 1 && LegOutcome(0) == "PARTIAL")
            ScaleSecondLeg();
         Order(i, "order", m_plan.legs[i].asked, out);
         return;
      }
      if(m_plan.breaking && UnwindNext(out))
         return;
      if(m_plan.breaking) {
         Finish("LEG_BREAK", IsUnfilled(0) ? "REJECTED" : "LEG_BREAK", IsUnfilled(1) ? "REJECTED" : "LEG_BREAK",
                m_plan.reason, now, out);
         return;
      }
      string first = LegOutcome(0);
      string second = LegOutcome(1);
      bool all = first == "FILLED" && second == "FILLED";
      Finish(all ? "FILLED" : IsUnfilled(0) ? "REJECTED" : "PARTIAL", first, second, "", now, out);
   }

   void Break(const string reason) {
      m_plan.breaking = true;
      m_plan.reason = reason;
   }

   // A first leg dealt in part is hedged in part.
   void ScaleSecondLeg() {
      double share = m_plan.legs[0].filled / m_plan.legs[0].asked;
      double lots = m_quotes.Stepped(m_plan.legs[1].symbol, MathAbs(m_plan.legs[1].asked) * share);
      if(lots > 0 && lots < MathAbs(m_plan.legs[1].asked))
         m_plan.legs[1].asked = m_plan.legs[1].asked < 0 ? -lots : lots;
   }

   // D8
   bool UnwindNext(EaActions &out) {
      int index = book.Of(m_plan.pair);
      for(int i = 0; i < 2; i++)
         if(!IsUnfilled(i) && !m_plan.legs[i].unwound && book.pairs[index].lots[i] != 0) {
            Order(i, "unwind", -book.pairs[index].lots[i], out);
            return true;
         }
      return false;
   }

   // An order has its answer.
   void Done(const double lots) {
      m_plan.waiting = false;
      m_plan.lookup = false;
      if(m_plan.retry) {
         m_plan.active = false;
         return;
      }
      if(m_plan.kind == "unwind") {
         m_plan.legs[m_plan.leg].unwound = true;
         return;
      }
      m_plan.legs[m_plan.leg].filled = RoundedLots(lots);
      m_plan.legs[m_plan.leg].done = true;
      if(m_plan.action == "EXIT" || lots != 0)
         return;
      // D7: without a first leg there is no second; without a second, the first is taken back.
      if(m_plan.leg == 0)
         m_plan.legs[1].done = true;
      else
         Break("leg refused");
   }

   // D11
   void RetryNext(const long now, EaActions &out) {
      for(int i = 0; i < book.count && !m_plan.active; i++) {
         if(book.pairs[i].unfinishedSeq == 0 || now < book.pairs[i].retryAt)
            continue;
         book.pairs[i].retryAt = now + ML_RETRY_AFTER;
         Retry(i, out);
      }
   }

   void Retry(const int index, EaActions &out) {
      ClearPlan(m_plan);
      m_plan.seq = book.pairs[index].unfinishedSeq;
      m_plan.pair = book.pairs[index].pair;
      for(int i = 0; i < 2; i++)
         m_plan.legs[i].symbol = book.pairs[index].symbol[i];
      for(int i = 0; i < 2; i++)
         AdoptWhatIsThere(index, i, out);
      for(int i = 0; i < 2; i++)
         if(book.pairs[index].lots[i] != 0) {
            m_plan.active = true;
            m_plan.retry = true;
            Order(i, book.pairs[index].unfinishedKind, -book.pairs[index].lots[i], out);
            return;
         }
      book.pairs[index].unfinishedSeq = 0;
   }

   string LoadAck(const JsonDoc &json, const long seq) {
      string pair = json.Text("ack.pair", 33);
      string action = json.Text("ack.action", 5);
      string outcome = json.Text("ack.outcome", 10);
      long epoch = json.Whole("ack.epoch");
      int index = book.Of(pair);
      if(json.Whole("ack.signal_seq") != seq || epoch < 0 || index < 0 || StringLen(action) == 0 ||
         StringLen(outcome) == 0 || (m_plan.active && m_plan.seq != seq))
         return "is no entry";
      if(!m_plan.active && seq <= book.pairs[index].lastSeq)
         return "has number " + IntegerToString(seq) + " after " + IntegerToString(book.pairs[index].lastSeq);
      outbox.Add("acks", json.Raw("ack"), seq);
      Settle(seq, json.Text("ack.signal_id", 36), epoch);
      Answered(pair, seq, action, outcome, 0);
      ClearPlan(m_plan);
      return "";
   }

   string LoadDeals(const JsonDoc &json, const long seq, const int index, const int leg, const string kind) {
      if(!m_plan.active || !m_plan.waiting || m_plan.seq != seq || m_plan.leg != leg || m_plan.kind != kind)
         return "is no entry";
      double sum = 0;
      for(int i = 0; json.Has("deals[" + IntegerToString(i) + "]"); i++) {
         string deal = "deals[" + IntegerToString(i) + "]";
         double lots = json.Number(deal + ".lots", -1);
         string side = json.Text(deal + ".side", 4);
         if(lots < 0 || (side != "BUY" && side != "SELL") || json.Whole(deal + ".signal_seq") != seq ||
            json.Text(deal + ".symbol", 16) != book.pairs[index].symbol[leg])
            return "is no entry";
         sum += side == "BUY" ? lots : -lots;
         if(lots > 0)
            Remember(seq, json.Long(deal + ".deal_ticket"));
         outbox.Add("fills", json.Raw(deal), seq);
      }
      book.Deal(index, leg, sum, false);
      Done(sum);
      return "";
   }

   string LoadOrder(const JsonDoc &json, const long seq, const int index, const int leg, const string kind) {
      double lots = json.Number("lots", 0);
      if(lots == 0 || json.Text("symbol", 16) != book.pairs[index].symbol[leg])
         return "is no entry";
      if(!m_plan.active) {
         if(book.pairs[index].unfinishedSeq != seq)
            return "is no entry";
         ClearPlan(m_plan);
         m_plan.active = true;
         m_plan.retry = true;
         m_plan.seq = seq;
         m_plan.pair = book.pairs[index].pair;
         for(int i = 0; i < 2; i++)
            m_plan.legs[i].symbol = book.pairs[index].symbol[i];
      }
      if(m_plan.seq != seq || m_plan.pair != book.pairs[index].pair)
         return "is no entry";
      m_plan.leg = leg;
      m_plan.kind = kind;
      m_plan.waiting = true;
      m_plan.lookup = true;
      if(kind == "order")
         m_plan.legs[leg].asked = lots;
      else if(!m_plan.retry)
         Break("leg refused");
      return "";
   }

   string LoadIntent(const JsonDoc &json, const long seq) {
      string pair = json.Text("pair", 33);
      string action = json.Text("action", 5);
      int index = book.Of(pair);
      if(m_plan.active || index < 0 || (action != "ENTER" && action != "EXIT"))
         return index >= 0 && m_plan.active && seq <= m_plan.seq
                   ? "has number " + IntegerToString(seq) + " after " + IntegerToString(m_plan.seq)
                   : "is no entry";
      if(seq <= book.pairs[index].lastSeq)
         return "has number " + IntegerToString(seq) + " after " + IntegerToString(book.pairs[index].lastSeq);
      ClearPlan(m_plan);
      ForgetFinished();
      m_plan.seq = seq;
      m_plan.id = json.Text("signal_id", 36);
      m_plan.epoch = json.Whole("epoch");
      m_plan.pair = pair;
      m_plan.action = action;
      m_plan.expiresAt = TimeOfText(json.Text("expires_at", 30));
      for(int i = 0; i < 2; i++) {
         string leg = "legs[" + IntegerToString(i) + "]";
         m_plan.legs[i].symbol = book.pairs[index].symbol[i];
         m_plan.legs[i].asked = json.Number(leg + ".lots", 0);
         if(json.Text(leg + ".symbol", 16) != m_plan.legs[i].symbol)
            return "is no entry";
      }
      if(!IsSignalId(m_plan.id) || m_plan.epoch < 0 || m_plan.expiresAt == ML_NO_TIME)
         return "is no entry";
      m_plan.active = true;
      m_plan.resumed = true;
      return "";
   }

public:
   EaBook book;
   EaClock clock;
   EaOutbox outbox;
   long lastSeq;
   string lastId;
   long lastEpoch;

   EaDesk() {
      ClearPlan(m_plan);
      m_equity = 0;
      m_entries = 0;
      m_resumeUntil = 0;
      m_bookedCount = 0;
      m_state = "ACTIVE";
      lastSeq = 0;
      lastId = "";
      lastEpoch = 0;
   }

   void Configure(const EaConfig &config) {
      m_config = config;
      clock.Begin(config.bars);
   }

   // Reads a line of the journal: "" when it is one, else what is wrong with it.
   string Load(const string line) {
      JsonDoc json;
      if(!json.Read(line))
         return "is no entry";
      string pair = json.Text("pair", 33);
      int index = StringLen(pair) == 0 ? -1 : book.Of(pair);
      if(json.Has("adopt")) {
         string symbol = json.Text("symbol", 16);
         for(int i = 0; i < 2 && index >= 0; i++)
            if(book.pairs[index].symbol[i] == symbol && json.IsNumber("lots", -1000000, 1000000)) {
               book.Adopt(index, i, json.Number("lots", 0));
               return "";
            }
         return "is no entry";
      }
      long seq = json.Whole("seq");
      if(seq < 1)
         return "is no entry";
      if(json.Has("ack"))
         return LoadAck(json, seq);
      if(json.Has("legs"))
         return LoadIntent(json, seq);
      long leg = json.Whole("leg");
      string kind = json.Text("kind", 6);
      if(json.Has("deals") || json.Has("kind")) {
         if(index < 0 || leg < 0 || leg > 1 || (kind != "order" && kind != "unwind"))
            return "is no entry";
         return json.Has("deals") ? LoadDeals(json, seq, index, (int)leg, kind)
                                  : LoadOrder(json, seq, index, (int)leg, kind);
      }
      long epoch = json.Whole("epoch");
      if(epoch < 0 || m_plan.active)
         return "is no entry";
      if(seq < lastSeq)
         return "has number " + IntegerToString(seq) + " after " + IntegerToString(lastSeq);
      Settle(seq, json.Text("signal_id", 36), epoch);
      return "";
   }

   // R1: after the journal was read.
   void Begin(const long now, EaActions &out) {
      outbox.Trim();
      m_resumeUntil = now + ML_RESUME_WITHIN;
      for(int i = 0; i < book.count; i++)
         book.pairs[i].retryAt = now + ML_RETRY_AFTER;
      if(m_plan.active && m_plan.waiting)
         out.Order(EA_LOOKUP, m_plan.seq, m_plan.leg, m_plan.kind, m_plan.pair, m_plan.legs[m_plan.leg].symbol, 0);
      else
         Continue(now, out);
   }

   // A signal is being obeyed, or an earlier one's rest closed.
   bool Busy() const {
      return m_plan.active;
   }

   // An order is out, or being looked up.
   bool Waiting() const {
      return m_plan.active && m_plan.waiting;
   }

   // The order that is out takes away what is held.
   bool IsClosing() const {
      return m_plan.retry || m_plan.action == "EXIT" || m_plan.kind == "unwind";
   }

   // The last number taken up, answered or not, with whose it is.
   long Seq() const {
      return m_plan.active && !m_plan.retry ? m_plan.seq : lastSeq;
   }

   string Id() const {
      return m_plan.active && !m_plan.retry ? m_plan.id : lastId;
   }

   long Epoch() const {
      return m_plan.active && !m_plan.retry ? m_plan.epoch : lastEpoch;
   }

   // F3: in file mode what may not have been written before a crash.
   void WriteAgain(EaActions &out) const {
      string fills = "";
      string ack = "";
      for(int i = 0; i < outbox.Count(); i++) {
         EaDocument document;
         outbox.Get(i, document);
         if(document.seq != Seq())
            continue;
         if(document.stream == "acks")
            ack = document.text;
         else
            fills += (StringLen(fills) == 0 ? "" : ",") + document.text;
      }
      if(StringLen(fills) > 0)
         out.Add(EA_WRITE, "result-" + IntegerToString(Seq()) + "-again.json", ResultFile(Seq(), fills));
      if(StringLen(ack) > 0)
         out.Add(EA_WRITE, "ack-" + IntegerToString(Seq()) + ".json", ack);
   }

   void Quote(const EaQuote &quote) {
      m_quotes.Set(quote);
   }

   void Equity(const double equity) {
      m_equity = equity;
   }

   void State(const string state) {
      m_state = state;
   }

   // D1: a signal whose turn it is.
   void Judge(const EaSignal &signal, const bool superseded, const long now, EaActions &out) {
      if(signal.action == "HOLD") {
         Settle(signal.seq, signal.id, signal.epoch);
         return;
      }
      Plan(signal);
      if(signal.action == "ENTER")
         Enter(signal, superseded, now, out);
      else
         Exit(signal, now, out);
   }

   // Passes a number that nobody can read.
   void Pass(const long seq) {
      Settle(seq, "", lastEpoch);
   }

   // Whether a deal is on record already. A terminal that waits for an order's deals waits for others.
   bool IsBooked(const long ticket) const {
      for(int i = 0; i < m_bookedCount; i++)
         if(m_booked[i].ticket == ticket)
            return true;
      return false;
   }

   // D7: the answer to an order, or to a look-up: then no deals mean that it was never sent. Deals of
   // an earlier sending of the same order (D11) have its number too and are passed over.
   void Result(const EaResult &told, const long now, EaActions &out) {
      if(!m_plan.active || !m_plan.waiting || told.seq != m_plan.seq || told.leg != m_plan.leg ||
         told.kind != m_plan.kind)
         return;
      EaResult result = told;
      result.count = 0;
      for(int i = 0; i < told.count && i < ML_DEALS; i++) {
         if(IsBooked(told.deals[i].ticket))
            continue;
         Remember(told.seq, told.deals[i].ticket);
         result.deals[result.count] = told.deals[i];
         result.count++;
      }
      if(m_plan.lookup && result.count == 0) {
         m_plan.waiting = false;
         m_plan.lookup = false;
         if(m_plan.retry)
            m_plan.active = false;
         Continue(now, out);
         return;
      }
      int index = book.Of(m_plan.pair);
      // An unwinding order, and one that closes, has the sign that takes away what is held.
      bool buy = m_plan.kind == "unwind" || m_plan.retry ? book.pairs[index].lots[m_plan.leg] < 0
                                                         : m_plan.legs[m_plan.leg].asked > 0;
      string deals = "";
      double sum = 0;
      for(int i = 0; i < result.count; i++) {
         EaDeal deal = result.deals[i];
         string fill = FillText(m_config.account, m_plan, buy, deal, result.at);
         deals += i == 0 ? "" : ",";
         deals += fill;
         outbox.Add("fills", fill, m_plan.seq);
         sum += buy ? deal.lots : -deal.lots;
      }
      if(result.count == 0 && !m_plan.retry) {
         EaDeal refusal;
         refusal.ticket = MagicNumber(m_plan.seq, m_plan.leg, m_plan.kind);
         refusal.lots = 0;
         refusal.price = 0;
         refusal.retcode = result.retcode;
         deals = FillText(m_config.account, m_plan, buy, refusal, result.at);
         outbox.Add("fills", deals, m_plan.seq);
      }
      out.Journal(DealsLine(m_plan, deals));
      if(m_config.files && StringLen(deals) > 0)
         out.Add(EA_WRITE, "result-" + IntegerToString(MagicNumber(m_plan.seq, m_plan.leg, m_plan.kind)) + ".json",
                 ResultFile(m_plan.seq, deals));
      book.Deal(index, m_plan.leg, sum, !m_plan.lookup);
      if(m_plan.retry && sum != 0)
         book.pairs[index].retryAt = now;
      Done(sum);
      Continue(now, out);
   }

   // Fills as a file: sealed with a key, a bare list without.
   string ResultFile(const long seq, const string deals) const {
      if(StringLen(m_config.key) == 0)
         return "[" + deals + "]";
      return Seal("{\"account\":\"" + m_config.account + "\",\"signal_seq\":" + IntegerToString(seq) + ",\"fills\":[" + deals + "]",
                  m_config.key);
   }

   void Tick(const long now, EaActions &out) {
      if(m_plan.active)
         Continue(now, out);
      else
         RetryNext(now, out);
   }

   // An operator says what is held; on record like everything else.
   void Adopt(const string why, const string pair, const string symbol, const double lots, EaActions &out) {
      int index = book.Of(pair);
      for(int i = 0; i < 2 && index >= 0 && !m_plan.active; i++)
         if(book.pairs[index].symbol[i] == symbol) {
            out.Journal(AdoptLine(why, pair, symbol, lots));
            book.Adopt(index, i, lots);
         }
   }

   // R3: what is held, for the dispatcher to compare.
   string Positions(const long now) const {
      string difference = book.Difference();
      string open = "{\"account\":\"" + m_config.account + "\",\"last_seq\":" + IntegerToString(lastSeq) + ",\"at\":" +
                    Time(now) + "," + book.Report() + ",\"difference\":\"" + difference + "\"";
      return Seal(open, m_config.key);
   }
};

#endif
