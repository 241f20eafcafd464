// A queue of bytes: what came over a connection and is not read yet.
#ifndef ML_ASSETS_BYTES
#define ML_ASSETS_BYTES
#include "Dialect.mqh"

class Bytes {
private:
   ML_GROWING(uchar, m_data);
   int m_head;
   int m_tail;

   void Reserve(const int more) {
      if(m_head > 0 && m_tail + more > ArraySize(m_data)) {
         for(int i = m_head; i < m_tail; i++)
            m_data[i - m_head] = m_data[i];
         m_tail -= m_head;
         m_head = 0;
      }
      if(m_tail + more > ArraySize(m_data))
         ArrayResize(m_data, 2 * (m_tail + more));
   }

public:
   Bytes() {
      m_head = 0;
      m_tail = 0;
   }

   void Clear() {
      m_head = 0;
      m_tail = 0;
   }

   int Size() const {
      return m_tail - m_head;
   }

   int At(const int index) const {
      return m_data[m_head + index];
   }

   void Add(const int value) {
      Reserve(1);
      m_data[m_tail] = (uchar)value;
      m_tail++;
   }

   // Characters beyond a byte become '?': nothing of ours has any.
   void AddText(const string text) {
      int length = StringLen(text);
      Reserve(length);
      for(int i = 0; i < length; i++) {
         int c = StringGetCharacter(text, i);
         m_data[m_tail] = (uchar)(c > 255 ? '?' : c);
         m_tail++;
      }
   }

   // Bytes as text; those that are not plain ASCII become '?', so no reader takes them for anything.
   string Text(const int from, const int length) {
      for(int i = m_head + from; i < m_head + from + length; i++)
         if(m_data[i] < 32 || m_data[i] > 126)
            m_data[i] = '?';
      if(length == 0)
         return "";
      return CharArrayToString(m_data, m_head + from, length);
   }

   void Drop(const int count) {
      m_head += count;
      if(m_head == m_tail)
         Clear();
   }
};

#endif
