// Who holds what: lots by pair and leg, as the journal has them, and the broker's net lots by symbol.
#ifndef ML_ASSETS_BOOK
#define ML_ASSETS_BOOK
#include "Text.mqh"

#define ML_PAIRS 256
#define ML_SYMBOLS 512
#define ML_SMALLEST 0.000001

struct EaPair {
   string pair;
   string symbol[2];
   double lots[2];      // positive when bought
   long lastSeq;        // the last order signal of this pair that was answered
   long unfinishedSeq;  // the signal that left something to be closed; 0 for none
   string unfinishedKind;
   long retryAt;
};

double RoundedLots(const double lots) {
   return lots < 0 ? -MathFloor(-lots * 100000000.0 + 0.5) / 100000000.0
                   : MathFloor(lots * 100000000.0 + 0.5) / 100000000.0;
}

class EaBook {
private:
   string m_symbol[ML_SYMBOLS];
   double m_broker[ML_SYMBOLS];
   int m_symbols;
   bool m_told;

   int SymbolIndex(const string symbol) {
      for(int i = 0; i < m_symbols; i++)
         if(m_symbol[i] == symbol)
            return i;
      if(m_symbols >= ML_SYMBOLS)
         return -1;
      m_symbol[m_symbols] = symbol;
      m_broker[m_symbols] = 0;
      m_symbols++;
      return m_symbols - 1;
   }

public:
   EaPair pairs[ML_PAIRS];
   int count;

   EaBook() {
      m_symbols = 0;
      m_told = false;
      count = 0;
   }

   int Find(const string pair) const {
      for(int i = 0; i < count; i++)
         if(pairs[i].pair == pair)
            return i;
      return -1;
   }

   // The pair's place, made when new; -1 when the text is no pair or there are too many.
   int Of(const string pair) {
      int found = Find(pair);
      if(found >= 0)
         return found;
      int dash = StringFind(pair, "-", 0);
      if(dash < 3 || count >= ML_PAIRS)
         return -1;
      pairs[count].pair = pair;
      pairs[count].symbol[0] = Part(pair, 0, dash);
      pairs[count].symbol[1] = Part(pair, dash + 1, StringLen(pair) - dash - 1);
      pairs[count].lots[0] = 0;
      pairs[count].lots[1] = 0;
      pairs[count].lastSeq = 0;
      pairs[count].unfinishedSeq = 0;
      pairs[count].unfinishedKind = "";
      pairs[count].retryAt = 0;
      count++;
      return count - 1;
   }

   bool IsHeld(const int index) const {
      return index >= 0 && (pairs[index].lots[0] != 0 || pairs[index].lots[1] != 0);
   }

   int PairsHeld() const {
      int held = 0;
      for(int i = 0; i < count; i++)
         if(IsHeld(i))
            held++;
      return held;
   }

   // A deal; one that was looked up is in the broker's figures already.
   void Deal(const int index, const int leg, const double lots, const bool isNew) {
      pairs[index].lots[leg] = RoundedLots(pairs[index].lots[leg] + lots);
      if(!isNew)
         return;
      int symbol = SymbolIndex(pairs[index].symbol[leg]);
      if(symbol >= 0)
         m_broker[symbol] = RoundedLots(m_broker[symbol] + lots);
   }

   // Takes a leg's lots as they are, without a deal of ours.
   void Adopt(const int index, const int leg, const double lots) {
      pairs[index].lots[leg] = RoundedLots(lots);
   }

   // What the broker says; symbols it does not name are flat.
   void BrokerBegins() {
      m_told = true;
      for(int i = 0; i < m_symbols; i++)
         m_broker[i] = 0;
   }

   void Broker(const string symbol, const double lots) {
      int index = SymbolIndex(symbol);
      if(index >= 0)
         m_broker[index] = RoundedLots(lots);
   }

   double Net(const string symbol) const {
      double net = 0;
      for(int i = 0; i < count; i++)
         for(int leg = 0; leg < 2; leg++)
            if(pairs[i].symbol[leg] == symbol)
               net += pairs[i].lots[leg];
      return RoundedLots(net);
   }

   // Lots an order must have to close a leg: what is held, but no more than brings the broker's net
   // lots of the symbol to what the other pairs hold of it.
   double Closing(const int index, const int leg) const {
      double held = pairs[index].lots[leg];
      if(!m_told || held == 0)
         return -held;
      string symbol = pairs[index].symbol[leg];
      double broker = 0;
      for(int i = 0; i < m_symbols; i++)
         if(m_symbol[i] == symbol)
            broker = m_broker[i];
      double change = RoundedLots(Net(symbol) - held - broker);
      if(held > 0)
         return MathMax(-held, MathMin(0, change));
      return MathMin(-held, MathMax(0, change));
   }

   // Whether the broker holds what the journal says; true while it has not been asked.
   bool Agrees() const {
      return StringLen(Difference()) == 0;
   }

   // The first symbol of which broker and journal differ, with both figures; "" for none.
   string Difference() const {
      if(!m_told)
         return "";
      for(int i = 0; i < m_symbols; i++) {
         double net = Net(m_symbol[i]);
         if(MathAbs(net - m_broker[i]) > ML_SMALLEST)
            return m_symbol[i] + ": journal " + PlainNumber(net) + ", broker " + PlainNumber(m_broker[i]);
      }
      for(int i = 0; i < count; i++)
         for(int leg = 0; leg < 2; leg++) {
            bool known = false;
            for(int j = 0; j < m_symbols; j++)
               known = known || m_symbol[j] == pairs[i].symbol[leg];
            if(!known && pairs[i].lots[leg] != 0)
               return pairs[i].symbol[leg] + ": journal " + PlainNumber(Net(pairs[i].symbol[leg])) + ", broker 0";
         }
      return "";
   }

   // Both views as members of the report.
   string Report() const {
      string text = "\"journal\":[";
      bool first = true;
      for(int i = 0; i < count; i++)
         for(int leg = 0; leg < 2; leg++)
            if(pairs[i].lots[leg] != 0) {
               text += first ? "" : ",";
               text += "{\"pair\":\"" + pairs[i].pair + "\",\"symbol\":\"" + pairs[i].symbol[leg] +
                       "\",\"lots\":" + PlainNumber(pairs[i].lots[leg]) + "}";
               first = false;
            }
      text += "],\"broker\":";
      if(!m_told)
         return text + "null";
      text += "[";
      first = true;
      for(int i = 0; i < m_symbols; i++)
         if(m_broker[i] != 0) {
            text += first ? "" : ",";
            text += "{\"symbol\":\"" + m_symbol[i] + "\",\"lots\":" + PlainNumber(m_broker[i]) + "}";
            first = false;
         }
      return text + "]";
   }
};

#endif
