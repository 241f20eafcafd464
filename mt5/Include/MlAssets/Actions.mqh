// What the protocol wants done, in order. Whoever does it must not do one before those ahead of it.
#ifndef ML_ASSETS_ACTIONS
#define ML_ASSETS_ACTIONS
#include "Text.mqh"

enum EA_ACTION {
   EA_CONNECT, // open the socket named by text
   EA_CLOSE,   // close it
   EA_SEND,    // send the command whose words are in text, on the socket named by target
   EA_JOURNAL, // append text to the journal and have it on disk, or stop
   EA_ORDER,   // send this order, then tell its result
   EA_LOOKUP,  // find out whether this order was ever sent, then tell its deals
   EA_WRITE,   // write text into the file named by target, whole or not at all
   EA_STOP     // trade no more; text says why
};

#define ML_MAGIC 700000000000000000

struct EaAction {
   int type;
   string target;
   string text;
   long seq;
   int leg;
   string kind; // of an order: "order" or "unwind"
   string pair;
   string symbol;
   double lots; // positive to buy, negative to sell
};

// An order's number at the broker: which leg of which signal, and whether it opens or closes as asked
// (0) or takes an orphan leg back (1).
long MagicNumber(const long seq, const int leg, const string kind) {
   return ML_MAGIC + seq * 100 + leg * 10 + (kind == "unwind" ? 1 : 0);
}

class EaActions {
private:
   ML_GROWING(EaAction, m_items);
   int m_count;

   int Added(const int type, const string target, const string text) {
      if(m_count >= ArraySize(m_items))
         ArrayResize(m_items, m_count + 32);
      m_items[m_count].type = type;
      m_items[m_count].target = target;
      m_items[m_count].text = text;
      m_items[m_count].seq = 0;
      m_items[m_count].leg = 0;
      m_items[m_count].kind = "";
      m_items[m_count].pair = "";
      m_items[m_count].symbol = "";
      m_items[m_count].lots = 0;
      m_count++;
      return m_count - 1;
   }

public:
   EaActions() {
      m_count = 0;
   }

   void Clear() {
      m_count = 0;
   }

   int Count() const {
      return m_count;
   }

   void Get(const int index, EaAction &action) const {
      action = m_items[index];
   }

   void Add(const int type, const string target, const string text) {
      Added(type, target, text);
   }

   void Journal(const string line) {
      Added(EA_JOURNAL, "", line);
   }

   void Stop(const string why) {
      Added(EA_STOP, "", why);
   }

   void Order(const int type, const long seq, const int leg, const string kind, const string pair,
              const string symbol, const double lots) {
      int i = Added(type, "", "");
      m_items[i].seq = seq;
      m_items[i].leg = leg;
      m_items[i].kind = kind;
      m_items[i].pair = pair;
      m_items[i].symbol = symbol;
      m_items[i].lots = lots;
   }
};

#endif
