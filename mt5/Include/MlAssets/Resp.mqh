// Redis' protocol, RESP2: commands out, replies in. Replies may come torn anywhere and in any number;
// a reply is taken whole or not at all, and none may be larger than the bounds here.
#ifndef ML_ASSETS_RESP
#define ML_ASSETS_RESP
#include "Bytes.mqh"
#include "Text.mqh"

#define ML_RESP_BULK 65536
#define ML_RESP_NODES 8192
#define ML_RESP_DEPTH 5
#define ML_RESP_BUFFER 2097152

enum ML_RESP_RESULT { ML_RESP_MORE, ML_RESP_WHOLE, ML_RESP_BROKEN };

// A reply, flat: a list's node says how many values follow it.
struct RespNode {
   int type;    // '+', '-', ':', '$', '*', or '0' for null
   string text; // of a text, an error, a number
   int count;   // of a list
};

class RespReader {
private:
   Bytes m_bytes;
   ML_GROWING(RespNode, m_nodes);
   int m_count;
   int m_pos;

   // The end of the line that begins at m_pos, or -1 while it is not here; -2 when it is too long.
   int LineEnd() const {
      int size = m_bytes.Size();
      for(int i = m_pos; i < size - 1; i++) {
         if(m_bytes.At(i) == '\r')
            return m_bytes.At(i + 1) == '\n' ? i : -2;
         if(i - m_pos > 512)
            return -2;
      }
      return -1;
   }

   int Node(const int type, const string text, const int count) {
      if(m_count >= ML_RESP_NODES)
         return ML_RESP_BROKEN;
      if(m_count >= ArraySize(m_nodes))
         ArrayResize(m_nodes, m_count + 64 + m_count / 2);
      m_nodes[m_count].type = type;
      m_nodes[m_count].text = text;
      m_nodes[m_count].count = count;
      m_count++;
      return ML_RESP_WHOLE;
   }

   int Bulk(const int length) {
      if(m_bytes.Size() < m_pos + length + 2)
         return ML_RESP_MORE;
      if(m_bytes.At(m_pos + length) != '\r' || m_bytes.At(m_pos + length + 1) != '\n')
         return ML_RESP_BROKEN;
      int result = Node('$', m_bytes.Text(m_pos, length), 0);
      m_pos += length + 2;
      return result;
   }

   int List(const int length, const int depth) {
      int result = Node('*', "", length);
      for(int i = 0; i < length && result == ML_RESP_WHOLE; i++)
         result = Value(depth + 1);
      return result;
   }

   int Value(const int depth) {
      if(depth > ML_RESP_DEPTH)
         return ML_RESP_BROKEN;
      if(m_pos >= m_bytes.Size())
         return ML_RESP_MORE;
      int type = m_bytes.At(m_pos);
      if(type != '+' && type != '-' && type != ':' && type != '$' && type != '*')
         return ML_RESP_BROKEN;
      int end = LineEnd();
      if(end < 0)
         return end == -1 ? ML_RESP_MORE : ML_RESP_BROKEN;
      string line = m_bytes.Text(m_pos + 1, end - m_pos - 1);
      m_pos = end + 2;
      if(type != '$' && type != '*')
         return Node(type, line, 0);
      if(line == "-1")
         return Node('0', "", 0);
      long length = WholeNumber(line);
      if(length < 0 || length > (type == '$' ? ML_RESP_BULK : ML_RESP_NODES))
         return ML_RESP_BROKEN;
      return type == '$' ? Bulk((int)length) : List((int)length, depth);
   }

public:
   RespReader() {
      Clear();
   }

   void Clear() {
      m_bytes.Clear();
      m_count = 0;
      m_pos = 0;
   }

   // False when more is waiting than may.
   bool Add(const string bytes) {
      m_bytes.AddText(bytes);
      return m_bytes.Size() <= ML_RESP_BUFFER;
   }

   bool AddByte(const int value) {
      m_bytes.Add(value);
      return m_bytes.Size() <= ML_RESP_BUFFER;
   }

   // Takes the next reply. Its nodes are there until the next call.
   int Next() {
      m_count = 0;
      m_pos = 0;
      int result = Value(0);
      if(result == ML_RESP_WHOLE)
         m_bytes.Drop(m_pos);
      return result;
   }

   int Count() const {
      return m_count;
   }

   int Type(const int node) const {
      return node < m_count ? m_nodes[node].type : '0';
   }

   int Length(const int node) const {
      return Type(node) == '*' ? m_nodes[node].count : 0;
   }

   string Text(const int node) const {
      return node < m_count ? m_nodes[node].text : "";
   }

   // The node after this one and all that is in it.
   int After(const int node) const {
      int next = node + 1;
      int open = Length(node);
      while(open > 0 && next < m_count) {
         open += Length(next) - 1;
         next++;
      }
      return next;
   }
};

// A command on the wire; its words are joined by line feeds, which none of ours contains.
string RespCommand(const string words) {
   string encoded = "";
   int count = 0;
   int from = 0;
   int end = StringLen(words);
   while(from <= end) {
      int to = StringFind(words, "\n", from);
      if(to < 0)
         to = end;
      encoded += "$" + IntegerToString(to - from) + "\r\n" + Part(words, from, to - from) + "\r\n";
      count++;
      from = to + 1;
   }
   return "*" + IntegerToString(count) + "\r\n" + encoded;
}

#endif
