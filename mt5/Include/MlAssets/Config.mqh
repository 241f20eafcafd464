// What an Expert Advisor is told by its operator, and what its terminal tells it of the market.
#ifndef ML_ASSETS_CONFIG
#define ML_ASSETS_CONFIG
#include "Text.mqh"

struct EaConfig {
   string account;
   string mode;   // live or shadow
   string prefix; // before every name in Redis
   string user;
   string password;
   int database;
   string key;       // shared with the dispatcher; "" only where nothing real is traded
   string pairs;     // XAUUSD-XAGUSD,… ; "" for all
   bool bars;        // market time is that of bars, for replays
   bool files;       // signals come in files, results go out in files; no Redis
   double capital;   // in account currency; an entry of full scale has this gross value
   double maxLots;   // of an entry's leg
   int maxPairs;     // held at a time
   int maxEntries;   // within a minute
   double minEquity; // no entry below it
};

struct EaQuote {
   string symbol;
   double bid;
   double ask;
   double unit; // what one lot is worth in account currency for each 1.0 of price
   double smallest;
   double step;
};

#define ML_QUOTES 128

class EaQuotes {
private:
   EaQuote m_quotes[ML_QUOTES];
   int m_count;

public:
   EaQuotes() {
      m_count = 0;
   }

   void Set(const EaQuote &quote) {
      int index = Find(quote.symbol);
      if(index < 0) {
         if(m_count >= ML_QUOTES)
            return;
         index = m_count;
         m_count++;
      }
      m_quotes[index] = quote;
   }

   int Find(const string symbol) const {
      for(int i = 0; i < m_count; i++)
         if(m_quotes[i].symbol == symbol)
            return i;
      return -1;
   }

   // Lots to the nearest step, but not below the smallest there is.
   double Stepped(const string symbol, const double lots) const {
      int index = Find(symbol);
      if(index < 0)
         return 0;
      double step = m_quotes[index].step;
      double stepped = MathFloor(lots / step + 0.5) * step;
      return MathFloor(MathMax(stepped, m_quotes[index].smallest) * 100000000.0 + 0.5) / 100000000.0;
   }

   // Lots worth that much; 0 without a quote.
   double Worth(const string symbol, const double value, const bool buy) const {
      int index = Find(symbol);
      if(index < 0)
         return 0;
      double price = buy ? m_quotes[index].ask : m_quotes[index].bid;
      if(price <= 0 || m_quotes[index].unit <= 0 || m_quotes[index].step <= 0)
         return 0;
      return Stepped(symbol, value / (price * m_quotes[index].unit));
   }
};

#endif
