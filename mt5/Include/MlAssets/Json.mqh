// A strict reader of the JSON that is sent here: one object, plain ASCII, no white space between
// tokens, no escapes, no exponents, no member twice, bounded in every direction. What it does not
// know how to read it refuses; it never guesses.
#ifndef ML_ASSETS_JSON
#define ML_ASSETS_JSON
#include "Text.mqh"

#define ML_JSON_ITEMS 512
#define ML_JSON_DEPTH 4
#define ML_JSON_NUMBER 24

enum ML_JSON_TYPE { ML_JSON_TEXT, ML_JSON_NUMBER_TYPE, ML_JSON_WORD, ML_JSON_OBJECT, ML_JSON_LIST };

class JsonDoc {
private:
   ML_GROWING(string, m_path);
   ML_GROWING(int, m_type);
   ML_GROWING(int, m_from);
   ML_GROWING(int, m_to);
   int m_count;
   int m_pos;
   string m_text;

   int Here() const {
      return m_pos < StringLen(m_text) ? StringGetCharacter(m_text, m_pos) : 0;
   }

   bool Take(const int c) {
      if(Here() != c)
         return false;
      m_pos++;
      return true;
   }

   // The place of a new item, or -1 when there are too many or one has that path already.
   int Item(const string path, const int type) {
      if(m_count >= ML_JSON_ITEMS || Find(path) >= 0)
         return -1;
      if(m_count >= ArraySize(m_path)) {
         int size = m_count + 64;
         ArrayResize(m_path, size);
         ArrayResize(m_type, size);
         ArrayResize(m_from, size);
         ArrayResize(m_to, size);
      }
      m_path[m_count] = path;
      m_type[m_count] = type;
      m_from[m_count] = m_pos;
      m_to[m_count] = m_pos;
      m_count++;
      return m_count - 1;
   }

   bool SomeDigits() {
      int from = m_pos;
      while(Here() >= '0' && Here() <= '9')
         m_pos++;
      return m_pos > from;
   }

   bool Number(const string path) {
      int item = Item(path, ML_JSON_NUMBER_TYPE);
      if(item < 0)
         return false;
      Take('-');
      int first = Here();
      int from = m_pos;
      if(!SomeDigits() || (first == '0' && m_pos - from > 1))
         return false;
      if(Take('.') && !SomeDigits())
         return false;
      m_to[item] = m_pos;
      return m_pos - m_from[item] <= ML_JSON_NUMBER;
   }

   // Characters up to the closing quote, which is taken too.
   bool Quoted() {
      if(!Take('"'))
         return false;
      while(Here() != '"') {
         if(Here() < 32 || Here() > 126 || Here() == '\\')
            return false;
         m_pos++;
      }
      m_pos++;
      return true;
   }

   bool Words(const string path) {
      int item = Item(path, ML_JSON_TEXT);
      if(item < 0 || !Quoted())
         return false;
      m_from[item]++;
      m_to[item] = m_pos - 1;
      return true;
   }

   bool Word(const string path, const string word) {
      int item = Item(path, ML_JSON_WORD);
      if(item < 0 || Part(m_text, m_pos, StringLen(word)) != word)
         return false;
      m_pos += StringLen(word);
      m_to[item] = m_pos;
      return true;
   }

   bool Object(const string path, const int depth) {
      int item = Item(path, ML_JSON_OBJECT);
      if(item < 0 || depth > ML_JSON_DEPTH || !Take('{'))
         return false;
      if(!Take('}')) {
         do {
            int from = m_pos + 1;
            if(!Quoted())
               return false;
            string name = Part(m_text, from, m_pos - 1 - from);
            // Names are plain words, so that a path means one thing.
            for(int i = 0; i < StringLen(name); i++) {
               int c = StringGetCharacter(name, i);
               if((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_')
                  return false;
            }
            if(!Take(':') || !Value(path == "" ? name : path + "." + name, depth + 1))
               return false;
         } while(Take(','));
         if(!Take('}'))
            return false;
      }
      m_to[item] = m_pos;
      return true;
   }

   bool List(const string path, const int depth) {
      int item = Item(path, ML_JSON_LIST);
      if(item < 0 || depth > ML_JSON_DEPTH || !Take('['))
         return false;
      if(!Take(']')) {
         int index = 0;
         do {
            if(!Value(path + "[" + IntegerToString(index) + "]", depth + 1))
               return false;
            index++;
         } while(Take(','));
         if(!Take(']'))
            return false;
      }
      m_to[item] = m_pos;
      return true;
   }

   bool Value(const string path, const int depth) {
      switch(Here()) {
         case '"':
            return Words(path);
         case '{':
            return Object(path, depth);
         case '[':
            return List(path, depth);
         case 't':
            return Word(path, "true");
         case 'f':
            return Word(path, "false");
         case 'n':
            return Word(path, "null");
         default:
            return Number(path);
      }
   }

   bool Is(const int item, const int type) const {
      return item >= 0 && m_type[item] == type;
   }

public:
   JsonDoc() {
      m_count = 0;
      m_pos = 0;
   }

   // Whether the text is one object that can be read whole.
   bool Read(const string text) {
      m_text = text;
      m_count = 0;
      m_pos = 0;
      return Object("", 1) && m_pos == StringLen(text);
   }

   int Find(const string path) const {
      for(int i = 0; i < m_count; i++)
         if(m_path[i] == path)
            return i;
      return -1;
   }

   bool Has(const string path) const {
      return Find(path) >= 0;
   }

   // Text of at least one and at most so many characters; "" when it is none.
   string Text(const string path, const int longest) const {
      int item = Find(path);
      if(!Is(item, ML_JSON_TEXT) || m_to[item] - m_from[item] > longest)
         return "";
      return Part(m_text, m_from[item], m_to[item] - m_from[item]);
   }

   // A whole number from 0 to 10^12; -1 when it is none.
   long Whole(const string path) const {
      int item = Find(path);
      if(!Is(item, ML_JSON_NUMBER_TYPE))
         return -1;
      long value = WholeNumber(Part(m_text, m_from[item], m_to[item] - m_from[item]));
      return value > 1000000000000 ? -1 : value;
   }

   // Whole numbers that are no counters, tickets for instance, go to 18 digits; -1 when it is none.
   long Long(const string path) const {
      int item = Find(path);
      return Is(item, ML_JSON_NUMBER_TYPE) ? WholeNumber(Part(m_text, m_from[item], m_to[item] - m_from[item]))
                                           : -1;
   }

   bool IsNumber(const string path, const double low, const double high) const {
      if(!Is(Find(path), ML_JSON_NUMBER_TYPE))
         return false;
      double value = Number(path, 0);
      return value >= low && value <= high;
   }

   double Number(const string path, const double otherwise) const {
      int item = Find(path);
      if(!Is(item, ML_JSON_NUMBER_TYPE))
         return otherwise;
      return StringToDouble(Part(m_text, m_from[item], m_to[item] - m_from[item]));
   }

   // The exact text of an object; "" when it is none.
   string Raw(const string path) const {
      int item = Find(path);
      return Is(item, ML_JSON_OBJECT) ? Part(m_text, m_from[item], m_to[item] - m_from[item]) : "";
   }

   bool IsList(const string path) const {
      return Is(Find(path), ML_JSON_LIST);
   }
};

#endif
