// What the dispatcher says: signals and heartbeats, and the seal on both.
#ifndef ML_ASSETS_SIGNAL
#define ML_ASSETS_SIGNAL
#include "Json.mqh"
#include "Sha256.mqh"

#define ML_SIGNAL_LIMIT 1024
#define ML_MAC_LENGTH 74 // ,"mac":"64 digits"}

struct EaSignal {
   long seq;
   long epoch;
   string id;
   string pair;      // XAUUSD-XAGUSD
   string symbol[2]; // of the pair
   string action;    // ENTER, EXIT, HOLD
   int side[2];      // of an entry's legs: +1 BUY, -1 SELL
   double weight[2];
   double scale;
   bool risk;
   long barTs;
   long expiresAt;
};

struct EaHeartbeat {
   long tip;
   long epoch;
   string state; // ACTIVE, REDUCING, HALTED
   long at;
   long market;
};

// Closes a document; without a key it stays unsealed.
string Seal(const string open, const string key) {
   if(StringLen(key) == 0)
      return open + "}";
   return open + ",\"mac\":\"" + HmacSha256Hex(key, open) + "\"}";
}

// Whether a document ends with the mac of the exact bytes before it; all digits are compared.
bool IsSealed(const string text, const string key) {
   if(StringLen(key) == 0)
      return true;
   int end = StringLen(text) - ML_MAC_LENGTH;
   if(end <= 0)
      return false;
   string seal = Seal(Part(text, 0, end), key);
   int differences = 0;
   for(int i = 0; i < ML_MAC_LENGTH; i++)
      differences |= StringGetCharacter(seal, end + i) ^ StringGetCharacter(text, end + i);
   return differences == 0;
}

bool IsSymbol(const string text) {
   int length = StringLen(text);
   if(length < 3 || length > 16)
      return false;
   for(int i = 0; i < length; i++) {
      int c = StringGetCharacter(text, i);
      if((c < 'A' || c > 'Z') && (c < '0' || c > '9'))
         return false;
   }
   return true;
}

// A displayed symbol, XAU/USD, as the broker's, XAUUSD; "" when it is none.
string SymbolShown(const string shown) {
   int slash = StringFind(shown, "/", 0);
   string text = slash < 0 ? shown : Part(shown, 0, slash) + Part(shown, slash + 1, StringLen(shown) - slash - 1);
   return IsSymbol(text) ? text : "";
}

bool IsSignalId(const string text) {
   if(StringLen(text) != 36)
      return false;
   for(int i = 0; i < 36; i++) {
      int c = StringGetCharacter(text, i);
      bool dash = i == 8 || i == 13 || i == 18 || i == 23;
      if(dash ? c != '-' : (c < '0' || c > '9') && (c < 'a' || c > 'f'))
         return false;
   }
   return true;
}

bool ReadPair(const string shown, EaSignal &signal) {
   int between = StringFind(shown, " vs ", 0);
   if(between < 0)
      return false;
   signal.symbol[0] = SymbolShown(Part(shown, 0, between));
   signal.symbol[1] = SymbolShown(Part(shown, between + 4, StringLen(shown) - between - 4));
   signal.pair = signal.symbol[0] + "-" + signal.symbol[1];
   return StringLen(signal.symbol[0]) > 0 && StringLen(signal.symbol[1]) > 0 && signal.symbol[0] != signal.symbol[1];
}

// Legs stand in the order of the pair, none for a HOLD, and say the same as the member entry.
bool ReadLegs(const JsonDoc &json, EaSignal &signal) {
   if(!json.IsList("legs"))
      return false;
   string entry = json.Text("entry", 64);
   signal.side[0] = 0;
   signal.side[1] = 0;
   signal.weight[0] = 0;
   signal.weight[1] = 0;
   if(signal.action == "HOLD")
      return entry == "HOLD" && !json.Has("legs[0]");
   string expected = "";
   for(int i = 0; i < 2; i++) {
      string leg = "legs[" + IntegerToString(i) + "]";
      string side = json.Text(leg + ".side", 4);
      if(json.Text(leg + ".symbol", 16) != signal.symbol[i] || (side != "BUY" && side != "SELL") ||
         !json.IsNumber(leg + ".weight", 0.000001, 1))
         return false;
      signal.side[i] = side == "BUY" ? 1 : -1;
      signal.weight[i] = json.Number(leg + ".weight", 0);
      expected += (i == 0 ? "" : ", ") + (signal.action == "EXIT" ? "CLOSE" : side) + "_" + signal.symbol[i];
   }
   return !json.Has("legs[2]") && entry == expected;
}

bool ReadScores(const JsonDoc &json) {
   return json.IsNumber("z_score", -1000000, 1000000) && json.IsNumber("return_prob", 0, 1) &&
          json.IsNumber("risk_score", 0, 1) && json.IsNumber("confidence", 0, 1) && json.IsNumber("theta1", 0, 1) &&
          json.IsNumber("theta2", 0, 1) && json.IsNumber("position_scale", 0, 1);
}

// Whether the text is a signal of that mode, sealed with that key.
bool ReadSignal(const string text, const string key, const string mode, EaSignal &signal) {
   if(StringLen(text) >= ML_SIGNAL_LIMIT || !IsSealed(text, key))
      return false;
   JsonDoc json;
   if(!json.Read(text) || json.Text("mode", 8) != mode || !ReadScores(json))
      return false;
   signal.seq = json.Whole("seq");
   signal.epoch = json.Whole("epoch");
   signal.id = json.Text("signal_id", 36);
   signal.action = json.Text("action", 5);
   signal.scale = json.Number("position_scale", 0);
   long risk = json.Whole("risk_flag");
   signal.risk = risk == 1;
   signal.barTs = TimeOfText(json.Text("bar_ts", 30));
   signal.expiresAt = TimeOfText(json.Text("expires_at", 30));
   if(signal.seq < 1 || signal.epoch < 0 || risk < 0 || risk > 1 || !IsSignalId(signal.id) ||
      signal.barTs == ML_NO_TIME || signal.expiresAt == ML_NO_TIME ||
      TimeOfText(json.Text("timestamp", 30)) == ML_NO_TIME)
      return false;
   if(signal.action != "ENTER" && signal.action != "EXIT" && signal.action != "HOLD")
      return false;
   return ReadPair(json.Text("pair", 40), signal) && ReadLegs(json, signal);
}

// Whether the text is a heartbeat of that mode, sealed with that key.
bool ReadHeartbeat(const string text, const string key, const string mode, EaHeartbeat &beat) {
   if(StringLen(text) >= ML_SIGNAL_LIMIT || !IsSealed(text, key))
      return false;
   JsonDoc json;
   if(!json.Read(text) || json.Text("type", 16) != "heartbeat" || json.Text("mode", 8) != mode)
      return false;
   beat.tip = json.Whole("tip");
   beat.epoch = json.Whole("epoch");
   beat.state = json.Text("state", 8);
   beat.at = TimeOfText(json.Text("at", 30));
   beat.market = TimeOfText(json.Text("market_time", 30));
   return beat.tip >= 0 && beat.epoch >= 0 && beat.at != ML_NO_TIME && beat.market != ML_NO_TIME &&
          (beat.state == "ACTIVE" || beat.state == "REDUCING" || beat.state == "HALTED");
}

#endif
