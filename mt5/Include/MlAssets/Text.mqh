// Numbers and times as they stand on the wire: the same value always gives the same text.
#ifndef ML_ASSETS_TEXT
#define ML_ASSETS_TEXT
#include "Dialect.mqh"

#define ML_NO_TIME -1

// Part of a text; what the terminal's StringSubstr makes of the length 0 need not be known here.
string Part(const string text, const int from, const int length) {
   if(length <= 0)
      return "";
   return StringSubstr(text, from, length);
}

bool IsDigits(const string text, const int from, const int length) {
   if(from + length > StringLen(text))
      return false;
   for(int i = from; i < from + length; i++) {
      int c = StringGetCharacter(text, i);
      if(c < '0' || c > '9')
         return false;
   }
   return length > 0;
}

// A whole number of at most 18 digits without sign or leading zero; -1 when it is none.
long WholeNumber(const string text) {
   int length = StringLen(text);
   if(length > 18 || !IsDigits(text, 0, length) || (length > 1 && StringGetCharacter(text, 0) == '0'))
      return -1;
   return StringToInteger(text);
}

// At most eight decimals, no exponent, no trailing zeros.
string PlainNumber(const double value) {
   string text = DoubleToString(value, 8);
   int end = StringLen(text);
   while(end > 1 && StringGetCharacter(text, end - 1) == '0')
      end--;
   if(StringGetCharacter(text, end - 1) == '.')
      end--;
   text = Part(text, 0, end);
   return text == "-0" ? "0" : text;
}

// Days since 1970-01-01 of a date of the Gregorian calendar (H. Hinnant, "chrono-compatible low-level
// date algorithms").
long DaysOfDate(const int year, const int month, const int day) {
   int y = month <= 2 ? year - 1 : year;
   int era = y / 400;
   int yoe = y - era * 400;
   int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
   int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
   return (long)era * 146097 + doe - 719468;
}

int DaysOfMonth(const int year, const int month) {
   if(month == 2)
      return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
   return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// 2026-01-05T10:00:00Z with up to nine decimals of the second, from 2000 to 2099, as milliseconds
// since 1970; ML_NO_TIME when it is none.
long TimeOfText(const string text) {
   int length = StringLen(text);
   if(length < 20 || length > 30 || StringGetCharacter(text, 4) != '-' || StringGetCharacter(text, 7) != '-' ||
      StringGetCharacter(text, 10) != 'T' || StringGetCharacter(text, 13) != ':' ||
      StringGetCharacter(text, 16) != ':' || StringGetCharacter(text, length - 1) != 'Z')
      return ML_NO_TIME;
   if(!IsDigits(text, 0, 4) || !IsDigits(text, 5, 2) || !IsDigits(text, 8, 2) || !IsDigits(text, 11, 2) ||
      !IsDigits(text, 14, 2) || !IsDigits(text, 17, 2))
      return ML_NO_TIME;
   int year = (int)StringToInteger(Part(text, 0, 4));
   int month = (int)StringToInteger(Part(text, 5, 2));
   int day = (int)StringToInteger(Part(text, 8, 2));
   int hour = (int)StringToInteger(Part(text, 11, 2));
   int minute = (int)StringToInteger(Part(text, 14, 2));
   int second = (int)StringToInteger(Part(text, 17, 2));
   if(year < 2000 || year > 2099 || month < 1 || month > 12 || day < 1 || day > DaysOfMonth(year, month) ||
      hour > 23 || minute > 59 || second > 59)
      return ML_NO_TIME;
   int millis = 0;
   if(length > 20) {
      int decimals = length - 21;
      if(StringGetCharacter(text, 19) != '.' || !IsDigits(text, 20, decimals))
         return ML_NO_TIME;
      string three = Part(Part(text, 20, decimals) + "00", 0, 3);
      millis = (int)StringToInteger(three);
   }
   return ((DaysOfDate(year, month, day) * 24 + hour) * 60 + minute) * 60000 + second * 1000 + millis;
}

string TwoDigits(const long value) {
   return (value < 10 ? "0" : "") + IntegerToString(value);
}

// The reverse; decimals only when there are milliseconds.
string TextOfTime(const long millis) {
   long seconds = millis / 1000;
   long days = seconds / 86400;
   long rest = seconds % 86400;
   long z = days + 719468;
   long era = z / 146097;
   long doe = z - era * 146097;
   long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
   long doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
   long mp = (5 * doy + 2) / 153;
   long month = mp < 10 ? mp + 3 : mp - 9;
   long year = yoe + era * 400 + (month <= 2 ? 1 : 0);
   string text = IntegerToString(year) + "-" + TwoDigits(month) + "-" + TwoDigits(doy - (153 * mp + 2) / 5 + 1) +
                 "T" + TwoDigits(rest / 3600) + ":" + TwoDigits(rest / 60 % 60) + ":" + TwoDigits(rest % 60);
   long part = millis % 1000;
   if(part > 0)
      text += (part < 10 ? ".00" : part < 100 ? ".0" : ".") + IntegerToString(part);
   return text + "Z";
}

#endif
