// Reads a conformance scenario: one JSON object a line. Only for the runner; the Expert Advisor has its
// own, strict reader.
#ifndef VECTORS_H
#define VECTORS_H
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

struct Json {
   enum Type { Null, Bool, Number, Text, List, Object } type = Null;
   double number = 0;
   std::string text; // of a text; a number's or word's own characters
   std::vector<Json> list;
   std::vector<std::pair<std::string, Json>> members;

   const Json *find(const std::string &name) const {
      for(const auto &member : members)
         if(member.first == name)
            return &member.second;
      return nullptr;
   }
   const Json &at(const std::string &name) const {
      const Json *found = find(name);
      if(!found)
         throw std::runtime_error("no member " + name);
      return *found;
   }
   std::string textOr(const std::string &name, const std::string &otherwise) const {
      const Json *found = find(name);
      return found ? found->text : otherwise;
   }
   double numberOr(const std::string &name, double otherwise) const {
      const Json *found = find(name);
      return found ? found->number : otherwise;
   }
   bool flag(const std::string &name) const { return textOr(name, "") == "true"; }
   long whole(const std::string &name) const { return std::stol(at(name).text); }
};

class JsonParser {
public:
   explicit JsonParser(const std::string &text) : m_text(text) {}
   Json parse() {
      Json json = value();
      blank();
      if(m_pos != m_text.size())
         throw std::runtime_error("more after the object");
      return json;
   }

private:
   const std::string &m_text;
   size_t m_pos = 0;

   void blank() {
      while(m_pos < m_text.size() && std::isspace(static_cast<unsigned char>(m_text[m_pos])))
         m_pos++;
   }
   bool take(char c) {
      blank();
      if(m_pos >= m_text.size() || m_text[m_pos] != c)
         return false;
      m_pos++;
      return true;
   }
   void need(char c) {
      if(!take(c))
         throw std::runtime_error(std::string("expected ") + c + " at " + std::to_string(m_pos));
   }
   std::string quoted() {
      need('"');
      std::string out;
      while(m_pos < m_text.size() && m_text[m_pos] != '"') {
         char c = m_text[m_pos++];
         if(c != '\\') {
            out += c;
            continue;
         }
         c = m_text.at(m_pos++);
         if(c == 'n')
            out += '\n';
         else if(c == 'r')
            out += '\r';
         else if(c == 't')
            out += '\t';
         else if(c == 'u') {
            out += static_cast<char>(std::stoi(m_text.substr(m_pos, 4), nullptr, 16));
            m_pos += 4;
         } else
            out += c;
      }
      need('"');
      return out;
   }
   Json value() {
      Json json;
      blank();
      char c = m_text.at(m_pos);
      if(c == '{') {
         json.type = Json::Object;
         m_pos++;
         if(take('}'))
            return json;
         do {
            blank();
            std::string name = quoted();
            need(':');
            json.members.emplace_back(name, value());
         } while(take(','));
         need('}');
      } else if(c == '[') {
         json.type = Json::List;
         m_pos++;
         if(take(']'))
            return json;
         do
            json.list.push_back(value());
         while(take(','));
         need(']');
      } else if(c == '"') {
         json.type = Json::Text;
         json.text = quoted();
      } else {
         while(m_pos < m_text.size() && !std::strchr(",]} \t", m_text[m_pos]))
            json.text += m_text[m_pos++];
         json.type = json.text == "null" ? Json::Null : json.text == "true" || json.text == "false" ? Json::Bool : Json::Number;
         if(json.type == Json::Number)
            json.number = std::stod(json.text);
      }
      return json;
   }
};

inline std::vector<Json> readScenario(const std::string &file) {
   std::ifstream in(file);
   if(!in)
      throw std::runtime_error("cannot read " + file);
   std::vector<Json> steps;
   for(std::string line; std::getline(in, line);)
      if(!line.empty())
         steps.push_back(JsonParser(line).parse());
   return steps;
}
#endif
