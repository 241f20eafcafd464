// A signal being obeyed: what is to be ordered for each leg, and what came of it.
#ifndef ML_ASSETS_PLAN
#define ML_ASSETS_PLAN
#include "Actions.mqh"
#include "Json.mqh"

struct EaLeg {
   string symbol;
   double asked;  // lots of the order, positive to buy
   double filled; // lots dealt, same sign
   bool done;     // its order has an answer, or there was none to give
   bool unwound;  // taken back, or tried to
};

struct EaPlan {
   bool active;
   bool waiting;  // an order is out
   bool lookup;   // … and it is not known whether it was sent
   bool resumed;  // from the journal
   bool retry;    // not a signal: what an earlier one left open
   bool breaking; // an entry is being taken back
   int leg;       // of the order that is out
   string kind;
   long seq;
   string id;
   long epoch;
   string pair;
   string action;
   long expiresAt;
   string reason;
   EaLeg legs[2];
};

void ClearPlan(EaPlan &plan) {
   plan.active = false;
   plan.waiting = false;
   plan.lookup = false;
   plan.resumed = false;
   plan.retry = false;
   plan.breaking = false;
   plan.leg = 0;
   plan.kind = "";
   plan.seq = 0;
   plan.id = "";
   plan.epoch = 0;
   plan.pair = "";
   plan.action = "";
   plan.expiresAt = 0;
   plan.reason = "";
   for(int i = 0; i < 2; i++) {
      plan.legs[i].symbol = "";
      plan.legs[i].asked = 0;
      plan.legs[i].filled = 0;
      plan.legs[i].done = false;
      plan.legs[i].unwound = false;
   }
}

// A deal or a refusal as the terminal tells it.
struct EaDeal {
   long ticket;
   double lots; // positive
   double price;
   int retcode;
};

#define ML_DEALS 16

// A deal that is booked, so that it is not booked once more when its order's deals are told again.
struct EaTicket {
   long seq;
   long ticket;
};

struct EaResult {
   long seq;
   int leg;
   string kind;
   int retcode; // of the order
   long at;     // UTC
   int count;   // deals; none when it was refused, or never sent
   EaDeal deals[ML_DEALS];
};

// The journal's lines. Each is one JSON object that begins with seq (or adopt) and is told by its last
// member: legs (intent), lots (order), deals, ack; a line with none of them says how far was read.
string SeqMember(const long seq) {
   return "{\"seq\":" + IntegerToString(seq);
}

string IntentLine(const EaPlan &plan) {
   string line = SeqMember(plan.seq) + ",\"signal_id\":\"" + plan.id + "\",\"epoch\":" + IntegerToString(plan.epoch) +
                 ",\"pair\":\"" + plan.pair + "\",\"action\":\"" + plan.action + "\",\"expires_at\":\"" +
                 TextOfTime(plan.expiresAt) + "\",\"legs\":[";
   for(int i = 0; i < 2; i++) {
      line += i == 0 ? "" : ",";
      line += "{\"symbol\":\"" + plan.legs[i].symbol + "\",\"lots\":" + PlainNumber(plan.legs[i].asked) + "}";
   }
   return line + "]}";
}

string OrderLine(const long seq, const string pair, const int leg, const string kind, const string symbol,
                 const double lots) {
   return SeqMember(seq) + ",\"pair\":\"" + pair + "\",\"leg\":" + IntegerToString(leg) + ",\"kind\":\"" + kind +
          "\",\"symbol\":\"" + symbol + "\",\"lots\":" + PlainNumber(lots) + "}";
}

string DealsLine(const EaPlan &plan, const string deals) {
   return SeqMember(plan.seq) + ",\"pair\":\"" + plan.pair + "\",\"leg\":" + IntegerToString(plan.leg) +
          ",\"kind\":\"" + plan.kind + "\",\"deals\":[" + deals + "]}";
}

string AckLine(const long seq, const string ack) {
   return SeqMember(seq) + ",\"ack\":" + ack + "}";
}

string ProgressLine(const long seq, const string id, const long epoch) {
   string line = SeqMember(seq);
   if(StringLen(id) > 0)
      line += ",\"signal_id\":\"" + id + "\"";
   return line + ",\"epoch\":" + IntegerToString(epoch) + "}";
}

string AdoptLine(const string why, const string pair, const string symbol, const double lots) {
   return "{\"adopt\":\"" + why + "\",\"pair\":\"" + pair + "\",\"symbol\":\"" + symbol +
          "\",\"lots\":" + PlainNumber(lots) + "}";
}

// A fill in the form of stream fills.
string FillText(const string account, const EaPlan &plan, const bool buy, const EaDeal &deal, const long at) {
   return "{\"account\":\"" + account + "\",\"signal_seq\":" + IntegerToString(plan.seq) + ",\"pair\":\"" +
          plan.pair + "\",\"symbol\":\"" + plan.legs[plan.leg].symbol + "\",\"side\":\"" + (buy ? "BUY" : "SELL") +
          "\",\"lots\":" + PlainNumber(deal.lots) + ",\"price\":" + PlainNumber(deal.price) +
          ",\"deal_ticket\":" + IntegerToString(deal.ticket) + ",\"filled_at\":\"" + TextOfTime(at) +
          "\",\"retcode\":" + IntegerToString(deal.retcode) + "}";
}

#endif
