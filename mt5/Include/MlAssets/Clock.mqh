// Market time, from heartbeats or from bars; never from the terminal's own clock, which nobody checks.
// All "now" here is a monotonic count of milliseconds.
#ifndef ML_ASSETS_CLOCK
#define ML_ASSETS_CLOCK
#include "Text.mqh"

#define ML_CLOCK_WINDOW 60
#define ML_CLOCK_SILENCE 5000

class EaClock {
private:
   bool m_bars;
   long m_barTime;
   long m_offset[ML_CLOCK_WINDOW];
   long m_trip[ML_CLOCK_WINDOW];
   int m_beats;
   int m_trips;
   long m_heardAt;

public:
   EaClock() {
      Begin(false);
   }

   void Begin(const bool bars) {
      m_bars = bars;
      m_barTime = ML_NO_TIME;
      m_beats = 0;
      m_trips = 0;
      m_heardAt = 0;
   }

   // A heartbeat that was made at this market time.
   void Beat(const long market, const long now) {
      m_offset[m_beats % ML_CLOCK_WINDOW] = market - now;
      m_beats++;
      m_heardAt = now;
   }

   // A ping took so long to come back.
   void Trip(const long millis) {
      m_trip[m_trips % ML_CLOCK_WINDOW] = millis;
      m_trips++;
   }

   // A bar ended at this market time.
   void Bar(const long end) {
      if(end > m_barTime)
         m_barTime = end;
   }

   bool Known(const long now) const {
      if(m_bars)
         return m_barTime != ML_NO_TIME;
      return m_beats > 0 && now - m_heardAt <= ML_CLOCK_SILENCE;
   }

   // Market time, never behind the dispatcher's: the best of the last heartbeats, and since that one
   // was under way for an unknown time, the shortest of the last round trips on top.
   long Now(const long now) const {
      if(m_bars)
         return m_barTime;
      if(m_beats == 0)
         return ML_NO_TIME;
      long offset = m_offset[0];
      for(int i = 1; i < m_beats && i < ML_CLOCK_WINDOW; i++)
         if(m_offset[i] > offset)
            offset = m_offset[i];
      long trip = m_trips == 0 ? 0 : m_trip[0];
      for(int i = 1; i < m_trips && i < ML_CLOCK_WINDOW; i++)
         if(m_trip[i] < trip)
            trip = m_trip[i];
      return now + offset + trip;
   }
};

#endif
