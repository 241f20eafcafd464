// Damages what the Expert Advisor reads: cut at every byte, then by seeded mutations. Nothing may crash
// (run it with the sanitizers), and no signal whose bytes were changed may lead to an order.
#include "player.h"

#include <cstdio>
#include <filesystem>
#include <random>

static std::mt19937_64 randomness(20260105);
static long tried = 0;
static long orders = 0;

static size_t below(size_t bound) { return bound == 0 ? 0 : randomness() % bound; }

static std::string mutated(std::string text) {
   static const std::string tokens[] = {"{", "}", "[", "]", ",", ":", "\"", "-", ".", "e9", "99999999999999999999", "\r\n", "*9\r\n", "$9\r\n", "$-1\r\n", "\\u0000", "null"};
   for(size_t changes = 1 + below(4); changes > 0; changes--) {
      size_t at = below(text.size() + 1);
      switch(below(6)) {
         case 0:
            if(at < text.size())
               text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
            break;
         case 1:
            text.insert(at, 1, static_cast<char>(below(256)));
            break;
         case 2:
            text.erase(at, 1 + below(8));
            break;
         case 3:
            text.insert(at, text.substr(below(text.size() + 1), below(40)));
            break;
         case 4:
            text.insert(at, tokens[below(std::size(tokens))]);
            break;
         default:
            text.resize(at);
      }
   }
   return text;
}

static std::string framed(const std::string &text) {
   auto bulk = [](const std::string &part) { return "$" + std::to_string(part.size()) + "\r\n" + part + "\r\n"; };
   return "*3\r\n" + bulk("message") + bulk("signals") + bulk(text);
}

// A step that hands over these bytes.
static Json bytes(const char *socket, const std::string &text) {
   Json step;
   auto add = [&step](const char *name, const std::string &value) {
      Json member;
      member.text = value;
      step.members.emplace_back(name, member);
   };
   add("do", "bytes");
   add("socket", socket);
   add("text", text);
   return step;
}

static bool ordersAfter(const Player &before, const Json &step) {
   Player player(before);
   tried++;
   bool ordered = false;
   for(const std::string &said : player.play(step))
      ordered = ordered || said.rfind("order ", 0) == 0;
   orders += ordered ? 1 : 0;
   return ordered;
}

static int bad(const char *what, const std::string &text) {
   std::printf("FAIL an order came of %s: %s\n", what, text.c_str());
   return 1;
}

// The signal that a step pushes; "" when it pushes none.
static std::string payload(const Json &step) {
   const std::string &text = step.at("text").text;
   size_t from = text.find("{\"timestamp\"");
   return from == std::string::npos ? "" : text.substr(from, text.find("\"}\r\n", from) + 2 - from);
}

static int damageSignals(const Player &listening, const std::string &signal, int times) {
   if(!ordersAfter(listening, bytes("signals", framed(signal))))
      return bad("nothing, not even of the signal itself", signal);
   for(size_t length = 0; length < signal.size(); length++)
      if(ordersAfter(listening, bytes("signals", framed(signal.substr(0, length)))))
         return bad("a cut signal", signal.substr(0, length));
   std::string frame = framed(signal);
   for(size_t length = 0; length < frame.size(); length++)
      if(ordersAfter(listening, bytes("signals", frame.substr(0, length))))
         return bad("a cut frame", frame.substr(0, length));
   for(int i = 0; i < times; i++) {
      std::string changed = mutated(signal);
      if(changed != signal && ordersAfter(listening, bytes("signals", framed(changed))))
         return bad("a changed signal", changed);
      std::string torn = mutated(frame);
      if(ordersAfter(listening, bytes("signals", torn)) && torn.find(signal) == std::string::npos)
         return bad("a changed frame", torn);
   }
   return 0;
}

// Everything else a scenario feeds, damaged: no crash.
static void damageScenario(const std::vector<Json> &steps, int times) {
   Player player;
   for(const Json &step : steps) {
      if(step.at("do").text == "bytes")
         for(int i = 0; i < times; i++)
            ordersAfter(player, bytes(step.at("socket").text.c_str(), mutated(step.at("text").text)));
      player.play(step);
   }
}

static void damageJournal(const Json &start, int times) {
   const Json *journal = start.find("journal");
   for(int i = 0; i < times && journal && !journal->list.empty(); i++) {
      Json changed = start;
      for(auto &member : changed.members)
         if(member.first == "journal") {
            Json &line = member.second.list[below(member.second.list.size())];
            line.text = mutated(line.text);
         }
      Player player;
      player.play(changed);
      tried++;
   }
}

int main(int count, char **arguments) {
   if(count < 3) {
      std::fprintf(stderr, "usage: %s FOLDER TIMES\n", arguments[0]);
      return 2;
   }
   int times = std::atoi(arguments[2]);
   Player listening;
   std::string signal;
   for(const Json &step : readScenario(std::string(arguments[1]) + "/happy-path.jsonl")) {
      if(step.at("do").text == "bytes" && payload(step) != "") {
         signal = payload(step);
         break;
      }
      listening.play(step);
   }
   if(damageSignals(listening, signal, times) != 0)
      return 1;
   for(const auto &entry : std::filesystem::directory_iterator(arguments[1]))
      if(entry.path().extension() == ".jsonl" && std::filesystem::file_size(entry.path()) < 60000) {
         std::vector<Json> steps = readScenario(entry.path().string());
         damageScenario(steps, times / 200);
         damageJournal(steps.at(0), times / 20);
      }
   std::printf("%ld damaged inputs, no crash, no order of a changed signal\n", tried);
   return 0;
}
