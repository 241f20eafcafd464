// Plays the steps of a scenario to the Expert Advisor's protocol and writes down what it wants done.
#ifndef PLAYER_H
#define PLAYER_H
#include "mql5_shim.h"

#include <memory>

#include "../Include/MlAssets/Machine.mqh"

#include "vectors.h"

inline string mql(const std::string &text) {
   std::u16string units;
   for(char c : text)
      units.push_back(static_cast<unsigned char>(c));
   return string(units);
}

class Player {
public:
   Player() = default;
   // A copy goes on by itself, so that one moment can be continued in many ways.
   Player(const Player &other) : m_now(other.m_now) {
      if(other.m_machine)
         m_machine = std::make_unique<EaMachine>(*other.m_machine);
   }
   Player &operator=(const Player &) = delete;

   // What came of one step.
   std::vector<std::string> play(const Json &step) {
      m_said.clear();
      EaActions out;
      std::string what = step.at("do").text;
      if(const Json *now = step.find("now"))
         m_now = std::stol(now->text);
      if(what == "start")
         start(step, out);
      else if(what == "connected")
         m_machine->Connected(socket(step), m_now, out);
      else if(what == "lost")
         m_machine->Lost(socket(step), m_now, out);
      else if(what == "bytes")
         m_machine->Received(socket(step), mql(step.at("text").text), m_now, out);
      else if(what == "tick")
         m_machine->Tick(m_now, out);
      else if(what == "result")
         result(step, out);
      else if(what == "broker")
         broker(step.at("lots"));
      else if(what == "quote")
         quotes(step.at("quotes"));
      else if(what == "equity")
         m_machine->desk.Equity(step.at("value").number);
      else if(what == "market")
         m_machine->Market(TimeOfText(mql(step.at("at").text)), m_now, out);
      else if(what == "file")
         m_machine->File(mql(step.at("name").text), mql(step.at("text").text), m_now, out);
      else if(what == "bar")
         m_machine->Bar(mql(step.at("text").text), out);
      else if(what == "adopt")
         m_machine->desk.Adopt(mql(step.at("why").text), mql(step.at("pair").text), mql(step.at("symbol").text),
                               step.at("lots").number, out);
      else if(what == "end")
         m_machine->End(out);
      else if(what == "count")
         m_said.push_back("malformed " + std::to_string(m_machine->malformed) + " stale " +
                          std::to_string(m_machine->stale) + " duplicates " + std::to_string(m_machine->duplicates) +
                          " received " + std::to_string(m_machine->received));
      else if(what == "state")
         m_said.push_back(std::string(m_machine->IsListening() ? "listening" : "not listening") +
                          (m_machine->IsStopped() ? ", stopped" : ""));
      else
         throw std::runtime_error("no such step: " + what);
      say(out);
      return m_said;
   }

   // A step of bytes, handed over in pieces of that size.
   std::vector<std::string> playTorn(const Json &step, size_t piece) {
      std::vector<std::string> said;
      const std::string text = step.at("text").text;
      if(const Json *now = step.find("now"))
         m_now = std::stol(now->text);
      for(size_t from = 0; from < text.size(); from += piece) {
         EaActions out;
         m_said.clear();
         m_machine->Received(socket(step), mql(text.substr(from, piece)), m_now, out);
         say(out);
         said.insert(said.end(), m_said.begin(), m_said.end());
      }
      return said;
   }

   // The same, cut in two at one place.
   std::vector<std::string> playCut(const Json &step, size_t at) {
      Json first = step;
      Json second = step;
      for(Json *half : {&first, &second})
         for(auto &member : half->members)
            if(member.first == "text")
               member.second.text = half == &first ? member.second.text.substr(0, at) : member.second.text.substr(at);
      std::vector<std::string> said = play(first);
      std::vector<std::string> more = play(second);
      said.insert(said.end(), more.begin(), more.end());
      return said;
   }

   EaMachine &machine() { return *m_machine; }

private:
   std::unique_ptr<EaMachine> m_machine;
   long m_now = 0;
   std::vector<std::string> m_said;

   static int socket(const Json &step) { return step.at("socket").text == "signals" ? 0 : 1; }

   void start(const Json &step, EaActions &out) {
      m_machine = std::make_unique<EaMachine>();
      const Json &from = step.at("config");
      EaConfig config;
      config.account = mql(from.textOr("account", "acc"));
      config.mode = mql(from.textOr("mode", "live"));
      config.prefix = mql(from.textOr("prefix", ""));
      config.user = mql(from.textOr("user", ""));
      config.password = mql(from.textOr("password", ""));
      config.database = static_cast<int>(from.numberOr("database", 0));
      config.key = mql(from.textOr("key", ""));
      config.pairs = mql(from.textOr("pairs", ""));
      config.bars = from.flag("bars");
      config.files = from.flag("files");
      config.capital = from.numberOr("capital", 100000);
      config.maxLots = from.numberOr("max_lots", 100);
      config.maxPairs = static_cast<int>(from.numberOr("max_pairs", 100));
      config.maxEntries = static_cast<int>(from.numberOr("max_entries", 100));
      config.minEquity = from.numberOr("min_equity", 0);
      m_machine->Configure(config);
      int number = 0;
      if(const Json *journal = step.find("journal"))
         for(const Json &line : journal->list) {
            number++;
            string error = m_machine->Load(mql(line.text));
            if(StringLen(error) > 0) {
               m_said.push_back("refused line " + std::to_string(number) + " " + error.ascii());
               return;
            }
         }
      if(const Json *lots = step.find("broker"))
         broker(*lots);
      if(const Json *all = step.find("quotes"))
         quotes(*all);
      m_machine->desk.Equity(step.numberOr("equity", 100000));
      m_machine->Begin(m_now, out);
   }

   void broker(const Json &lots) {
      m_machine->BrokerBegins();
      for(const auto &one : lots.members)
         m_machine->Broker(mql(one.first), one.second.number);
   }

   void quotes(const Json &all) {
      for(const auto &one : all.members) {
         EaQuote quote;
         quote.symbol = mql(one.first);
         quote.bid = one.second.list.at(0).number;
         quote.ask = one.second.list.at(1).number;
         quote.unit = one.second.list.at(2).number;
         quote.smallest = one.second.list.at(3).number;
         quote.step = one.second.list.at(4).number;
         m_machine->desk.Quote(quote);
      }
   }

   void result(const Json &step, EaActions &out) {
      EaResult result;
      result.seq = step.whole("seq");
      result.leg = static_cast<int>(step.whole("leg"));
      result.kind = mql(step.at("kind").text);
      result.retcode = static_cast<int>(step.whole("retcode"));
      result.at = TimeOfText(mql(step.at("at").text));
      result.count = 0;
      for(const Json &deal : step.at("deals").list) {
         result.deals[result.count].ticket = std::stol(deal.list.at(0).text);
         result.deals[result.count].lots = deal.list.at(1).number;
         result.deals[result.count].price = deal.list.at(2).number;
         result.deals[result.count].retcode = static_cast<int>(deal.list.at(3).number);
         result.count++;
      }
      m_machine->Result(result, m_now, out);
   }

   static std::string spaced(const string &words) {
      std::string text = words.ascii();
      for(char &c : text)
         if(c == '\n')
            c = ' ';
      return text;
   }

   void say(const EaActions &out) {
      for(int i = 0; i < out.Count(); i++) {
         EaAction action;
         out.Get(i, action);
         std::string magic = std::to_string(MagicNumber(action.seq, action.leg, action.kind));
         std::string which = std::to_string(action.seq) + " " + std::to_string(action.leg) + " " + action.kind.ascii();
         switch(action.type) {
            case EA_CONNECT:
               m_said.push_back("connect " + action.text.ascii());
               break;
            case EA_CLOSE:
               m_said.push_back("close " + action.text.ascii());
               break;
            case EA_SEND:
               m_said.push_back("send " + action.target.ascii() + " " + spaced(action.text));
               break;
            case EA_JOURNAL:
               m_said.push_back("journal " + action.text.ascii());
               break;
            case EA_ORDER:
               m_said.push_back("order " + which + " " + (action.lots > 0 ? "BUY " : "SELL ") + action.symbol.ascii() +
                                " " + PlainNumber(MathAbs(action.lots)).ascii() + " " + magic);
               break;
            case EA_LOOKUP:
               m_said.push_back("lookup " + which + " " + action.symbol.ascii() + " " + magic);
               break;
            case EA_WRITE:
               m_said.push_back("write " + action.target.ascii() + " " + action.text.ascii());
               break;
            default:
               m_said.push_back("stop " + action.text.ascii());
         }
      }
   }
};
#endif
