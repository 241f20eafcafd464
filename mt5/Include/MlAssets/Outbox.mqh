// Documents for the dispatcher: kept until Redis has them, and a while longer, because Redis may lose
// what it had. Sending one again is harmless: they are byte-identical and told apart by what they say.
#ifndef ML_ASSETS_OUTBOX
#define ML_ASSETS_OUTBOX
#include "Text.mqh"

#define ML_OUTBOX_KEPT 256
#define ML_OUTBOX_BARS 1000

struct EaDocument {
   string stream; // fills, acks, positions, bars
   string text;
   long seq;  // of the signal; 0 for bars and positions
   int state; // 0 waiting, 1 under way, 2 there
};

class EaOutbox {
private:
   ML_GROWING(EaDocument, m_docs);
   int m_count;
   long m_made;
   long m_dropped;

   void Remove(const int index) {
      for(int i = index; i < m_count - 1; i++)
         m_docs[i] = m_docs[i + 1];
      m_count--;
   }

   // The oldest document of that kind and state, when there are more than so many of them.
   int Surplus(const bool kept, const int state, const int most) const {
      int found = 0;
      int oldest = -1;
      for(int i = m_count - 1; i >= 0; i--)
         if(IsKept(i) == kept && m_docs[i].state == state) {
            found++;
            oldest = i;
         }
      return found > most ? oldest : -1;
   }

public:
   EaOutbox() {
      m_count = 0;
      m_made = 0;
      m_dropped = 0;
   }

   void Add(const string stream, const string text, const long seq) {
      if(m_count >= ArraySize(m_docs))
         ArrayResize(m_docs, m_count + 64 + m_count / 2);
      m_docs[m_count].stream = stream;
      m_docs[m_count].text = text;
      m_docs[m_count].seq = seq;
      m_docs[m_count].state = 0;
      m_count++;
      if(stream == "fills")
         m_made++;
      if(stream == "bars") {
         int oldest = Surplus(false, 0, ML_OUTBOX_BARS);
         if(oldest >= 0) {
            Remove(oldest);
            m_dropped++;
         }
      }
   }

   int Count() const {
      return m_count;
   }

   // Whether it answers a signal: kept, and only for those who know that signal.
   bool IsKept(const int index) const {
      return m_docs[index].stream == "fills" || m_docs[index].stream == "acks";
   }

   void Get(const int index, EaDocument &document) const {
      document = m_docs[index];
   }

   void UnderWay(const int index) {
      m_docs[index].state = 1;
   }

   // Redis answered the oldest that was under way.
   void There() {
      for(int i = 0; i < m_count; i++)
         if(m_docs[i].state == 1) {
            m_docs[i].state = 2;
            if(!IsKept(i))
               Remove(i);
            int surplus = Surplus(true, 2, ML_OUTBOX_KEPT);
            if(surplus >= 0)
               Remove(surplus);
            return;
         }
   }

   // The connection is new: nothing is sure until it was looked for.
   void Doubt() {
      for(int i = m_count - 1; i >= 0; i--) {
         m_docs[i].state = 0;
         if(m_docs[i].stream == "positions")
            Remove(i);
      }
   }

   // The stream has this document.
   void Found(const string stream, const string text) {
      for(int i = 0; i < m_count; i++)
         if(m_docs[i].state == 0 && m_docs[i].stream == stream && m_docs[i].text == text) {
            m_docs[i].state = 2;
            return;
         }
   }

   // After a restart from the journal only the newest can be in doubt.
   void Trim() {
      while(m_count > ML_OUTBOX_KEPT)
         Remove(0);
   }

   long FillsMade() const {
      return m_made;
   }

   long FillsWaiting() const {
      long waiting = 0;
      for(int i = 0; i < m_count; i++)
         if(m_docs[i].stream == "fills" && m_docs[i].state != 2)
            waiting++;
      return waiting;
   }

   long BarsDropped() const {
      return m_dropped;
   }
};

#endif
