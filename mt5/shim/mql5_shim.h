// As much of MQL5 as mt5/Include/MlAssets uses, in C++17, so that the protocol can be compiled and
// executed without a terminal. Same meaning, also at the borders: strings are UTF-16, a growing
// array's index out of range ends the program.
#ifndef MQL5_SHIM_H
#define MQL5_SHIM_H
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

using uchar = unsigned char;
using ushort = unsigned short;
using uint = unsigned int;
using ulong = unsigned long;
static_assert(sizeof(long) == 8, "MQL5's long has 64 bits");
static_assert(sizeof(int) == 4, "MQL5's int has 32 bits");

class string {
public:
   string() = default;
   string(const char *ascii) {
      for(; *ascii; ascii++)
         m_units.push_back(static_cast<unsigned char>(*ascii));
   }
   explicit string(std::u16string units) : m_units(std::move(units)) {}

   string &operator+=(const string &other) {
      m_units += other.m_units;
      return *this;
   }
   friend string operator+(string a, const string &b) {
      a += b;
      return a;
   }
   friend bool operator==(const string &a, const string &b) { return a.m_units == b.m_units; }
   friend bool operator!=(const string &a, const string &b) { return a.m_units != b.m_units; }

   const std::u16string &units() const { return m_units; }
   std::string ascii() const { return std::string(m_units.begin(), m_units.end()); }

private:
   std::u16string m_units;
};

template <class T> class GrowingArray {
public:
   T &operator[](int index) {
      Check(index);
      return m_items[static_cast<size_t>(index)];
   }
   const T &operator[](int index) const {
      Check(index);
      return m_items[static_cast<size_t>(index)];
   }
   std::vector<T> m_items;

private:
   void Check(int index) const {
      if(index < 0 || static_cast<size_t>(index) >= m_items.size()) {
         std::fprintf(stderr, "array out of range: %d of %zu\n", index, m_items.size());
         std::abort();
      }
   }
};
#define ML_GROWING(type, name) GrowingArray<type> name

template <class T> int ArraySize(const GrowingArray<T> &array) { return static_cast<int>(array.m_items.size()); }
template <class T> int ArrayResize(GrowingArray<T> &array, int size) {
   array.m_items.resize(static_cast<size_t>(size));
   return size;
}

inline int StringLen(const string &text) { return static_cast<int>(text.units().size()); }
inline ushort StringGetCharacter(const string &text, int index) {
   return index < 0 || index >= StringLen(text) ? ushort{0} : static_cast<ushort>(text.units()[static_cast<size_t>(index)]);
}
inline string StringSubstr(const string &text, int from, int length = -1) {
   if(from < 0 || from > StringLen(text))
      return string();
   return string(text.units().substr(static_cast<size_t>(from), length < 0 ? std::u16string::npos : static_cast<size_t>(length)));
}
inline int StringFind(const string &text, const string &what, int from = 0) {
   if(from > StringLen(text))
      return -1;
   size_t found = text.units().find(what.units(), static_cast<size_t>(from));
   return found == std::u16string::npos ? -1 : static_cast<int>(found);
}
inline long StringToInteger(const string &text) { return std::strtol(text.ascii().c_str(), nullptr, 10); }
inline double StringToDouble(const string &text) { return std::strtod(text.ascii().c_str(), nullptr); }
inline string IntegerToString(long value) { return string(std::to_string(value).c_str()); }
inline string DoubleToString(double value, int digits) {
   char buffer[512];
   std::snprintf(buffer, sizeof buffer, "%.*f", digits, value);
   return string(buffer);
}
inline string CharArrayToString(const GrowingArray<uchar> &array, int from, int length) {
   std::u16string units;
   for(int i = from; i < from + length; i++)
      units.push_back(array[i]);
   return string(units);
}
inline double MathAbs(double value) { return std::fabs(value); }
inline double MathFloor(double value) { return std::floor(value); }
inline double MathMin(double a, double b) { return a < b ? a : b; }
inline double MathMax(double a, double b) { return a > b ? a : b; }
#endif
