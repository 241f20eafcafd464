// The reference Expert Advisor: the terminal's side of docs/ea-protocol.md. Everything that decides is in
// Include/MlAssets; here are sockets, orders, positions, files and the timer, and nothing else.
#property copyright "ML assets"
#property version   "1.00"
#property description "Obeys sealed signals from Redis or from files. Add the Redis host to the terminal's list of allowed addresses."
#property strict

#include <MlAssets/Machine.mqh>

input string InpHost = "127.0.0.1";           // Redis host (allowed in the terminal's options)
input int    InpPort = 6379;                  // Redis port
input bool   InpTls = false;                  // encrypted
input string InpUser = "";                    // Redis user; empty for the default one
input string InpPassword = "";                // Redis password
input int    InpDatabase = 0;                 // Redis database
input string InpPrefix = "";                  // before every name in Redis
input string InpKey = "";                     // SIGNAL_KEY, plain ASCII, 16 characters or more
input string InpPairs = "XAUUSD-XAGUSD";      // pairs to trade, comma-separated
input string InpSuffix = "";                  // what the broker adds to symbols, .m for instance
input bool   InpFiles = false;                // signal.json and result files instead of Redis
input string InpFolder = "ml-assets";         // folder of files, in the terminals' common folder
input bool   InpFeedBars = false;             // send M1 bars to stream bars
input double InpCapital = 10000;              // gross value of an entry of full scale, account currency
input double InpMaxLots = 1;                  // most lots of an entry's leg
input int    InpMaxPairs = 5;                 // most pairs held at a time
input int    InpMaxEntries = 10;              // most entries within a minute
input double InpMinEquity = 0;                // no entry below this equity
input int    InpDeviation = 20;               // largest slippage of an order, points
input string InpAdopt = "";                   // PAIR:SYMBOL:LOTS to take over once, as operator

EaMachine g_machine;
int    g_socket[2] = {INVALID_HANDLE, INVALID_HANDLE};
int    g_journal = INVALID_HANDLE;
string g_symbols[];
string g_seen[];      // files by name
string g_seenText[];  // … and what they said
datetime g_lastBar[];
bool   g_stopped = false;

long Now() {
   return (long)GetTickCount64();
}

// The trade server's clock is the broker's; deals carry it. UTC is it minus the offset of now.
long UtcMillis(const long brokerMillis) {
   long offset = ((long)(TimeTradeServer() - TimeGMT()) + 900) / 1800 * 1800;
   return brokerMillis - offset * 1000;
}

string Broker(const string symbol) {
   return symbol + InpSuffix;
}

string JournalName() {
   return InpFolder + "\\journal-" + IntegerToString(AccountInfoInteger(ACCOUNT_LOGIN)) + ".jsonl";
}

bool IsAscii(const string text) {
   for(int i = 0; i < StringLen(text); i++)
      if(StringGetCharacter(text, i) < 32 || StringGetCharacter(text, i) > 126)
         return false;
   return true;
}

void StopTrading(const string why) {
   g_stopped = true;
   Alert("ML assets: trades no more: " + why);
   Print("ML assets: trades no more: ", why);
}

int OnInit() {
   bool real = AccountInfoInteger(ACCOUNT_TRADE_MODE) == ACCOUNT_TRADE_MODE_REAL;
   if(StringLen(InpPairs) == 0 || !IsAscii(InpKey) || (StringLen(InpKey) < 16 && (real || StringLen(InpKey) > 0))) {
      Print("ML assets: pairs, and on a real account a key of 16 ASCII characters or more, are required");
      return INIT_PARAMETERS_INCORRECT;
   }
   EaConfig config;
   config.account = "mt5-" + IntegerToString(AccountInfoInteger(ACCOUNT_LOGIN));
   config.mode = "live";
   config.prefix = InpPrefix;
   config.user = InpUser;
   config.password = InpPassword;
   config.database = InpDatabase;
   config.key = InpKey;
   config.pairs = InpPairs;
   config.bars = false;
   config.files = InpFiles;
   config.capital = InpCapital;
   config.maxLots = InpMaxLots;
   config.maxPairs = InpMaxPairs;
   config.maxEntries = InpMaxEntries;
   config.minEquity = InpMinEquity;
   g_machine.Configure(config);
   if(!FindSymbols() || !OpenJournal())
      return INIT_FAILED;
   TellPositions();
   TellMarket();
   EaActions actions;
   if(StringLen(InpAdopt) > 0)
      AdoptAsked(actions);
   g_machine.Begin(Now(), actions);
   Perform(actions);
   EventSetMillisecondTimer(20);
   return INIT_SUCCEEDED;
}

void OnDeinit(const int reason) {
   EventKillTimer();
   EaActions actions;
   g_machine.End(actions);
   Perform(actions);
   for(int i = 0; i < 2; i++)
      CloseSocket(i);
   if(g_journal != INVALID_HANDLE)
      FileClose(g_journal);
}

bool FindSymbols() {
   string pairs[];
   int count = StringSplit(InpPairs, ',', pairs);
   for(int i = 0; i < count; i++) {
      string legs[];
      if(StringSplit(pairs[i], '-', legs) != 2)
         return false;
      for(int j = 0; j < 2; j++) {
         if(!SymbolSelect(Broker(legs[j]), true)) {
            Print("ML assets: the broker has no ", Broker(legs[j]));
            return false;
         }
         int size = ArraySize(g_symbols);
         bool known = false;
         for(int k = 0; k < size; k++)
            known = known || g_symbols[k] == legs[j];
         if(!known) {
            ArrayResize(g_symbols, size + 1);
            ArrayResize(g_lastBar, size + 1);
            g_symbols[size] = legs[j];
            g_lastBar[size] = 0;
         }
      }
   }
   return ArraySize(g_symbols) > 0;
}

// Opening without a share flag keeps every other program out.
bool OpenJournal() {
   g_journal = FileOpen(JournalName(), FILE_READ | FILE_WRITE | FILE_BIN | FILE_COMMON);
   if(g_journal == INVALID_HANDLE) {
      Print("ML assets: cannot open ", JournalName(), ", error ", GetLastError());
      return false;
   }
   uchar content[];
   int size = (int)FileSize(g_journal);
   if(size > 0)
      FileReadArray(g_journal, content, 0, size);
   int start = 0;
   int number = 0;
   for(int i = 0; i < size; i++) {
      if(content[i] != '\n')
         continue;
      number++;
      string line = CharArrayToString(content, start, i - start, CP_ACP);
      string error = g_machine.Load(line);
      if(StringLen(error) > 0) {
         StopTrading(JournalName() + ": line " + IntegerToString(number) + " " + error);
         return false;
      }
      start = i + 1;
   }
   // A file cannot be cut here: a line torn by a crash is overwritten with spaces up to its end, which
   // J3 lets stand.
   FileSeek(g_journal, start, SEEK_SET);
   if(start < size) {
      Print("ML assets: the journal's last line is torn and overwritten");
      for(int i = start; i < size; i++)
         FileWriteInteger(g_journal, ' ', CHAR_VALUE);
      FileFlush(g_journal);
      FileSeek(g_journal, start, SEEK_SET);
   }
   return true;
}

bool Append(const string line) {
   uchar bytes[];
   int length = StringToCharArray(line + "\n", bytes, 0, WHOLE_ARRAY, CP_ACP) - 1;
   ResetLastError();
   if((int)FileWriteArray(g_journal, bytes, 0, length) != length)
      return false;
   FileFlush(g_journal);
   return GetLastError() == 0;
}

void AdoptAsked(EaActions &actions) {
   string parts[];
   if(StringSplit(InpAdopt, ':', parts) == 3)
      g_machine.desk.Adopt("by the operator", parts[0], parts[1], StringToDouble(parts[2]), actions);
}

// Net lots by symbol: on a netting account all there is, on a hedging one what has our numbers.
void TellPositions() {
   bool hedging = AccountInfoInteger(ACCOUNT_MARGIN_MODE) == ACCOUNT_MARGIN_MODE_RETAIL_HEDGING;
   g_machine.BrokerBegins();
   for(int i = 0; i < ArraySize(g_symbols); i++) {
      double lots = 0;
      for(int j = PositionsTotal() - 1; j >= 0; j--) {
         if(PositionGetTicket(j) == 0 || PositionGetString(POSITION_SYMBOL) != Broker(g_symbols[i]))
            continue;
         if(hedging && PositionGetInteger(POSITION_MAGIC) < ML_MAGIC)
            continue;
         double volume = PositionGetDouble(POSITION_VOLUME);
         lots += PositionGetInteger(POSITION_TYPE) == POSITION_TYPE_BUY ? volume : -volume;
      }
      g_machine.Broker(g_symbols[i], lots);
   }
}

void TellMarket() {
   g_machine.desk.Equity(AccountInfoDouble(ACCOUNT_EQUITY));
   for(int i = 0; i < ArraySize(g_symbols); i++) {
      MqlTick tick;
      string symbol = Broker(g_symbols[i]);
      if(!SymbolInfoTick(symbol, tick) || tick.bid <= 0)
         continue;
      EaQuote quote;
      quote.symbol = g_symbols[i];
      quote.bid = tick.bid;
      quote.ask = tick.ask;
      double size = SymbolInfoDouble(symbol, SYMBOL_TRADE_TICK_SIZE);
      quote.unit = size > 0 ? SymbolInfoDouble(symbol, SYMBOL_TRADE_TICK_VALUE) / size : 0;
      quote.smallest = SymbolInfoDouble(symbol, SYMBOL_VOLUME_MIN);
      quote.step = SymbolInfoDouble(symbol, SYMBOL_VOLUME_STEP);
      g_machine.desk.Quote(quote);
   }
}

void OnTimer() {
   if(g_stopped)
      return;
   TellMarket();
   static long positionsAt = 0;
   if(Now() - positionsAt > 5000) {
      positionsAt = Now();
      TellPositions();
   }
   EaActions actions;
   if(InpFiles)
      ReadFiles(actions);
   for(int i = 0; i < 2 && !InpFiles; i++)
      ReadSocket(i, actions);
   if(InpFeedBars)
      FeedBars(actions);
   g_machine.Tick(Now(), actions);
   Perform(actions);
}

// In order; what an action leads to comes after those that are waiting.
void Perform(EaActions &actions) {
   for(int i = 0; i < actions.Count() && !g_stopped; i++) {
      EaAction action;
      actions.Get(i, action);
      switch(action.type) {
         case EA_CONNECT:
            OpenSocket(action.text == "signals" ? 0 : 1, actions);
            break;
         case EA_CLOSE:
            CloseSocket(action.text == "signals" ? 0 : 1);
            break;
         case EA_SEND:
            SendWords(action.target == "signals" ? 0 : 1, action.text, actions);
            break;
         case EA_JOURNAL:
            if(!Append(action.text))
               StopTrading("the journal cannot be written, error " + IntegerToString(GetLastError()));
            break;
         case EA_ORDER:
            SendOrder(action, actions);
            break;
         case EA_LOOKUP:
            LookUp(action, actions);
            break;
         case EA_WRITE:
            if(!WriteFile("results\\" + action.target, action.text))
               Print("ML assets: cannot write ", action.target, ", error ", GetLastError());
            break;
         default:
            StopTrading(action.text);
      }
   }
}

void OpenSocket(const int index, EaActions &actions) {
   CloseSocket(index);
   int socket = SocketCreate();
   bool connected = socket != INVALID_HANDLE && SocketConnect(socket, InpHost, InpPort, 1000);
   // The terminal makes the handshake itself on port 443 only.
   if(connected && InpTls && InpPort != 443)
      connected = SocketTlsHandshake(socket, InpHost);
   if(!connected) {
      if(socket != INVALID_HANDLE)
         SocketClose(socket);
      g_machine.Lost(index, Now(), actions);
      return;
   }
   SocketTimeouts(socket, 1000, 1000);
   g_socket[index] = socket;
   g_machine.Connected(index, Now(), actions);
}

void CloseSocket(const int index) {
   if(g_socket[index] != INVALID_HANDLE)
      SocketClose(g_socket[index]);
   g_socket[index] = INVALID_HANDLE;
}

void LoseSocket(const int index, EaActions &actions) {
   CloseSocket(index);
   g_machine.Lost(index, Now(), actions);
}

void SendWords(const int index, const string words, EaActions &actions) {
   if(g_socket[index] == INVALID_HANDLE)
      return;
   uchar bytes[];
   int length = StringToCharArray(RespCommand(words), bytes, 0, WHOLE_ARRAY, CP_ACP) - 1;
   int sent = 0;
   while(sent < length) {
      uchar rest[];
      ArrayCopy(rest, bytes, 0, sent, length - sent);
      int more = InpTls ? SocketTlsSend(g_socket[index], rest, length - sent)
                        : SocketSend(g_socket[index], rest, length - sent);
      if(more <= 0) {
         LoseSocket(index, actions);
         return;
      }
      sent += more;
   }
}

// SocketIsReadable may say 1 when there is nothing, so the read itself has a time-out; 0 would mean the
// terminal's default, two minutes.
void ReadSocket(const int index, EaActions &actions) {
   if(g_socket[index] == INVALID_HANDLE)
      return;
   if(!SocketIsConnected(g_socket[index])) {
      LoseSocket(index, actions);
      return;
   }
   uint waiting = SocketIsReadable(g_socket[index]);
   if(waiting == 0)
      return;
   uchar bytes[];
   uint most = waiting > 65536 ? 65536 : waiting;
   ResetLastError();
   int count = InpTls ? SocketTlsReadAvailable(g_socket[index], bytes, 65536)
                      : SocketRead(g_socket[index], bytes, most, 1);
   if(count > 0)
      g_machine.Received(index, TextOfBytes(bytes, count), Now(), actions);
   else if(GetLastError() == ERR_NETSOCKET_IO_ERROR)
      LoseSocket(index, actions);
}

// One character a byte, whatever the machine's code page.
string TextOfBytes(const uchar &bytes[], const int count) {
   string text;
   StringInit(text, count, '?');
   for(int i = 0; i < count; i++)
      if(bytes[i] != 0)
         StringSetCharacter(text, i, bytes[i]);
   return text;
}

ENUM_ORDER_TYPE_FILLING Filling(const string symbol) {
   long modes = SymbolInfoInteger(symbol, SYMBOL_FILLING_MODE);
   if((modes & SYMBOL_FILLING_IOC) != 0)
      return ORDER_FILLING_IOC;
   return (modes & SYMBOL_FILLING_FOK) != 0 ? ORDER_FILLING_FOK : ORDER_FILLING_RETURN;
}

void BlankResult(const EaAction &action, EaResult &result) {
   result.seq = action.seq;
   result.leg = action.leg;
   result.kind = action.kind;
   result.retcode = 0;
   result.at = (long)TimeGMT() * 1000;
   result.count = 0;
}

// On a hedging account an order that closes names the positions it closes; the rest would be opened.
void SendOrder(const EaAction &action, EaActions &actions) {
   EaResult result;
   BlankResult(action, result);
   double left = MathAbs(action.lots);
   bool hedging = AccountInfoInteger(ACCOUNT_MARGIN_MODE) == ACCOUNT_MARGIN_MODE_RETAIL_HEDGING;
   if(!hedging || !g_machine.desk.IsClosing()) {
      SendPart(action, left, 0, result);
   } else {
      for(int i = PositionsTotal() - 1; i >= 0 && left > ML_SMALLEST; i--) {
         ulong ticket = PositionGetTicket(i);
         bool against = PositionGetInteger(POSITION_TYPE) == (action.lots > 0 ? POSITION_TYPE_SELL : POSITION_TYPE_BUY);
         if(ticket == 0 || !against || PositionGetString(POSITION_SYMBOL) != Broker(action.symbol) ||
            PositionGetInteger(POSITION_MAGIC) < ML_MAGIC || !IsOfPair(PositionGetString(POSITION_COMMENT), action.pair))
            continue;
         double part = MathMin(left, PositionGetDouble(POSITION_VOLUME));
         SendPart(action, part, ticket, result);
         left -= part;
      }
   }
   FindDeals(action, result);
   g_machine.Result(result, Now(), actions);
}

bool IsOfPair(const string comment, const string pair) {
   return StringFind(comment, pair) >= 0;
}

void SendPart(const EaAction &action, const double lots, const ulong position, EaResult &result) {
   MqlTradeRequest request;
   MqlTradeResult answer;
   ZeroMemory(request);
   ZeroMemory(answer);
   string symbol = Broker(action.symbol);
   bool buy = action.lots > 0;
   request.action = TRADE_ACTION_DEAL;
   request.magic = (ulong)MagicNumber(action.seq, action.leg, action.kind);
   request.symbol = symbol;
   request.volume = lots;
   request.type = buy ? ORDER_TYPE_BUY : ORDER_TYPE_SELL;
   request.price = SymbolInfoDouble(symbol, buy ? SYMBOL_ASK : SYMBOL_BID);
   request.deviation = InpDeviation;
   request.type_filling = Filling(symbol);
   request.position = position;
   request.comment = "ML " + action.pair;
   bool sent = OrderSend(request, answer);
   result.retcode = (int)answer.retcode;
   if(!sent && result.retcode == 0)
      result.retcode = TRADE_RETCODE_ERROR;
}

// The deals of an order, by its magic number, from the account's history; those of an earlier sending
// are booked and would end the waiting for the new ones.
void FindDeals(const EaAction &action, EaResult &result) {
   long magic = MagicNumber(action.seq, action.leg, action.kind);
   for(int attempt = 0; attempt < 50; attempt++) {
      HistorySelect(0, TimeTradeServer() + 86400);
      result.count = 0;
      for(int i = HistoryDealsTotal() - 1; i >= 0 && result.count < ML_DEALS; i--) {
         ulong ticket = HistoryDealGetTicket(i);
         if(ticket == 0 || HistoryDealGetInteger(ticket, DEAL_MAGIC) != magic || g_machine.desk.IsBooked((long)ticket))
            continue;
         int n = result.count;
         result.deals[n].ticket = (long)ticket;
         result.deals[n].lots = HistoryDealGetDouble(ticket, DEAL_VOLUME);
         result.deals[n].price = HistoryDealGetDouble(ticket, DEAL_PRICE);
         result.deals[n].retcode = result.retcode == TRADE_RETCODE_DONE_PARTIAL ? TRADE_RETCODE_DONE_PARTIAL : TRADE_RETCODE_DONE;
         result.at = UtcMillis(HistoryDealGetInteger(ticket, DEAL_TIME_MSC));
         result.count++;
      }
      bool expected = result.retcode == TRADE_RETCODE_DONE || result.retcode == TRADE_RETCODE_DONE_PARTIAL ||
                      result.retcode == TRADE_RETCODE_PLACED || result.retcode == TRADE_RETCODE_TIMEOUT ||
                      result.retcode == TRADE_RETCODE_CONNECTION;
      if(result.count > 0 || !expected)
         return;
      Sleep(100); // The history comes a moment after the answer.
   }
}

// Whether an order of before the restart was sent: not before the terminal is connected and has been for
// a while, and no order with that number is working.
void LookUp(const EaAction &action, EaActions &actions) {
   EaResult result;
   BlankResult(action, result);
   for(int seconds = 0; seconds < 10 || !TerminalInfoInteger(TERMINAL_CONNECTED); seconds++) {
      if(IsStopped())
         return;
      FindDeals(action, result);
      if(result.count > 0)
         break;
      Sleep(1000);
   }
   result.retcode = result.count > 0 ? TRADE_RETCODE_DONE : 0;
   g_machine.Result(result, Now(), actions);
}

bool WriteFile(const string name, const string text) {
   string path = InpFolder + "\\" + name;
   int file = FileOpen(path + ".tmp", FILE_WRITE | FILE_BIN | FILE_COMMON);
   if(file == INVALID_HANDLE)
      return false;
   uchar bytes[];
   int length = StringToCharArray(text, bytes, 0, WHOLE_ARRAY, CP_ACP) - 1;
   bool written = (int)FileWriteArray(file, bytes, 0, length) == length;
   FileFlush(file);
   FileClose(file);
   return written && FileMove(path + ".tmp", FILE_COMMON, path, FILE_COMMON | FILE_REWRITE);
}

void ReadFiles(EaActions &actions) {
   string name;
   long search = FileFindFirst(InpFolder + "\\signals\\*.json", name, FILE_COMMON);
   if(search == INVALID_HANDLE)
      return;
   do {
      if(StringFind(name, "signal") != 0 && StringFind(name, "heartbeat") != 0)
         continue;
      int file = FileOpen(InpFolder + "\\signals\\" + name, FILE_READ | FILE_BIN | FILE_COMMON | FILE_SHARE_READ | FILE_SHARE_WRITE);
      if(file == INVALID_HANDLE)
         continue;
      uchar bytes[];
      int size = (int)FileSize(file);
      if(size > 0 && size <= 4096)
         FileReadArray(file, bytes, 0, size);
      FileClose(file);
      string text = ArraySize(bytes) > 0 ? TextOfBytes(bytes, size) : "";
      if(IsNew(name, text))
         g_machine.File(name, text, Now(), actions);
   } while(FileFindNext(search, name));
   FileFindClose(search);
}

bool IsNew(const string name, const string text) {
   int size = ArraySize(g_seen);
   for(int i = 0; i < size; i++)
      if(g_seen[i] == name) {
         bool changed = g_seenText[i] != text;
         g_seenText[i] = text;
         return changed;
      }
   ArrayResize(g_seen, size + 1);
   ArrayResize(g_seenText, size + 1);
   g_seen[size] = name;
   g_seenText[size] = text;
   return true;
}

// Minute bars that have ended, each once, in UTC.
void FeedBars(EaActions &actions) {
   for(int i = 0; i < ArraySize(g_symbols); i++) {
      MqlRates rates[];
      if(CopyRates(Broker(g_symbols[i]), PERIOD_M1, 1, 1, rates) != 1 || rates[0].time == g_lastBar[i])
         continue;
      g_lastBar[i] = rates[0].time;
      g_machine.Bar("{\"symbol\":\"" + g_symbols[i] + "\",\"interval\":\"PT1M\",\"ts\":\"" +
                       TextOfTime(UtcMillis((long)rates[0].time * 1000)) + "\",\"open\":" + PlainNumber(rates[0].open) +
                       ",\"high\":" + PlainNumber(rates[0].high) + ",\"low\":" + PlainNumber(rates[0].low) +
                       ",\"close\":" + PlainNumber(rates[0].close) + ",\"volume\":" +
                       IntegerToString(rates[0].tick_volume) + "}",
                    actions);
   }
}
