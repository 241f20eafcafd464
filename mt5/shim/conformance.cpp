// Runs the conformance scenarios against the Expert Advisor's protocol, compiled as C++. Every scenario
// is played whole, byte by byte, and, unless "short" is asked for, cut in two at every byte of every
// step; the actions must be the same each time.
#include "player.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

static int failures = 0;

static std::vector<std::string> expected(const Json &step) {
   std::vector<std::string> out;
   if(const Json *said = step.find("out"))
      for(const Json &one : said->list)
         out.push_back(one.text);
   return out;
}

static bool same(const std::string &file, size_t line, const char *how, const std::vector<std::string> &want,
                 const std::vector<std::string> &got) {
   if(want == got)
      return true;
   failures++;
   std::printf("FAIL %s line %zu (%s)\n", file.c_str(), line + 1, how);
   for(size_t i = 0; i < std::max(want.size(), got.size()); i++) {
      std::string left = i < want.size() ? want[i] : "(nothing)";
      std::string right = i < got.size() ? got[i] : "(nothing)";
      std::printf("  %s want: %s\n     got: %s\n", left == right ? " " : "*", left.c_str(), right.c_str());
   }
   return false;
}

static bool playAll(const std::string &file, const std::vector<Json> &steps, const char *how, size_t piece) {
   Player player;
   for(size_t i = 0; i < steps.size(); i++) {
      bool bytes = steps[i].at("do").text == "bytes";
      size_t size = bytes && steps[i].at("text").text.size() > 4096 ? 97 * piece : piece;
      if(!same(file, i, how, expected(steps[i]),
               bytes && piece > 0 ? player.playTorn(steps[i], size) : player.play(steps[i])))
         return false;
   }
   return true;
}

// Every step of bytes cut in two at every byte; long ones at every 97th.
static int playCuts(const std::string &file, const std::vector<Json> &steps) {
   int cuts = 0;
   Player whole;
   for(size_t i = 0; i < steps.size(); i++) {
      if(steps[i].at("do").text == "bytes") {
         size_t length = steps[i].at("text").text.size();
         for(size_t at = 1; at < length; at += length > 4096 ? 97 : 1) {
            Player torn(whole);
            if(!same(file, i, "cut in two", expected(steps[i]), torn.playCut(steps[i], at)))
               return cuts;
            cuts++;
         }
      }
      whole.play(steps[i]);
   }
   return cuts;
}

int main(int count, char **arguments) {
   if(count < 2) {
      std::fprintf(stderr, "usage: %s FOLDER [short]\n", arguments[0]);
      return 2;
   }
   bool cut = count < 3;
   std::vector<std::string> files;
   for(const auto &entry : std::filesystem::directory_iterator(arguments[1]))
      if(entry.path().extension() == ".jsonl")
         files.push_back(entry.path().string());
   std::sort(files.begin(), files.end());
   int passed = 0;
   long steps = 0;
   long cuts = 0;
   for(const std::string &file : files) {
      int before = failures;
      std::vector<Json> scenario = readScenario(file);
      if(playAll(file, scenario, "whole", 0) && playAll(file, scenario, "byte by byte", 1) &&
         playAll(file, scenario, "seven bytes at a time", 7) && cut)
         cuts += playCuts(file, scenario);
      steps += static_cast<long>(scenario.size());
      passed += failures == before ? 1 : 0;
   }
   std::printf("%d of %zu scenarios passed, %ld steps, %ld cuts\n", passed, files.size(), steps, cuts);
   return failures == 0 && !files.empty() ? 0 : 1;
}
