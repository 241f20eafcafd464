// SHA-256 (FIPS 180-4) and HMAC (RFC 2104) over ASCII text, as lower-case hexadecimal digits. The
// terminal has CryptEncode(CRYPT_HASH_SHA256, …); this one can be executed without a terminal.
#ifndef ML_ASSETS_SHA256
#define ML_ASSETS_SHA256
#include "Bytes.mqh"

const uint ML_SHA256_K[64] = {
   0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
   0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
   0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
   0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
   0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
   0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
   0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
   0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

class Sha256 {
private:
   uint m_state[8];
   uchar m_block[64];
   int m_filled;
   ulong m_length;

   uint Rotated(const uint value, const int by) const {
      return (value >> by) | (value << (32 - by));
   }

   void Compress() {
      uint w[64];
      for(int i = 0; i < 16; i++)
         w[i] = ((uint)m_block[4 * i] << 24) | ((uint)m_block[4 * i + 1] << 16) |
                ((uint)m_block[4 * i + 2] << 8) | (uint)m_block[4 * i + 3];
      for(int i = 16; i < 64; i++) {
         uint s0 = Rotated(w[i - 15], 7) ^ Rotated(w[i - 15], 18) ^ (w[i - 15] >> 3);
         uint s1 = Rotated(w[i - 2], 17) ^ Rotated(w[i - 2], 19) ^ (w[i - 2] >> 10);
         w[i] = w[i - 16] + s0 + w[i - 7] + s1;
      }
      uint v[8];
      for(int i = 0; i < 8; i++)
         v[i] = m_state[i];
      for(int i = 0; i < 64; i++) {
         uint s1 = Rotated(v[4], 6) ^ Rotated(v[4], 11) ^ Rotated(v[4], 25);
         uint t1 = v[7] + s1 + ((v[4] & v[5]) ^ (~v[4] & v[6])) + ML_SHA256_K[i] + w[i];
         uint s0 = Rotated(v[0], 2) ^ Rotated(v[0], 13) ^ Rotated(v[0], 22);
         uint t2 = s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
         for(int j = 7; j > 0; j--)
            v[j] = v[j - 1];
         v[4] += t1;
         v[0] = t1 + t2;
      }
      for(int i = 0; i < 8; i++)
         m_state[i] += v[i];
      m_filled = 0;
   }

public:
   Sha256() {
      Begin();
   }

   void Begin() {
      m_state[0] = 0x6a09e667;
      m_state[1] = 0xbb67ae85;
      m_state[2] = 0x3c6ef372;
      m_state[3] = 0xa54ff53a;
      m_state[4] = 0x510e527f;
      m_state[5] = 0x9b05688c;
      m_state[6] = 0x1f83d9ab;
      m_state[7] = 0x5be0cd19;
      m_filled = 0;
      m_length = 0;
   }

   void Add(const int value) {
      m_block[m_filled] = (uchar)value;
      m_filled++;
      m_length++;
      if(m_filled == 64)
         Compress();
   }

   void AddText(const string text) {
      int length = StringLen(text);
      for(int i = 0; i < length; i++)
         Add(StringGetCharacter(text, i) & 255);
   }

   void End() {
      ulong bits = m_length * 8;
      Add(0x80);
      while(m_filled != 56)
         Add(0);
      for(int shift = 56; shift >= 0; shift -= 8)
         Add((int)((bits >> shift) & 255));
   }

   int DigestByte(const int index) const {
      return (int)((m_state[index / 4] >> (24 - 8 * (index % 4))) & 255);
   }

   string Hex() const {
      string digits = "0123456789abcdef";
      string hex = "";
      for(int i = 0; i < 32; i++)
         hex += StringSubstr(digits, DigestByte(i) >> 4, 1) + StringSubstr(digits, DigestByte(i) & 15, 1);
      return hex;
   }
};

string Sha256Hex(const string text) {
   Sha256 hash;
   hash.AddText(text);
   hash.End();
   return hash.Hex();
}

string HmacSha256Hex(const string key, const string text) {
   uchar pad[64];
   for(int i = 0; i < 64; i++)
      pad[i] = 0;
   int length = StringLen(key);
   if(length > 64) {
      Sha256 shortened;
      shortened.AddText(key);
      shortened.End();
      for(int i = 0; i < 32; i++)
         pad[i] = (uchar)shortened.DigestByte(i);
   } else {
      for(int i = 0; i < length; i++)
         pad[i] = (uchar)(StringGetCharacter(key, i) & 255);
   }
   Sha256 inner;
   for(int i = 0; i < 64; i++)
      inner.Add(pad[i] ^ 0x36);
   inner.AddText(text);
   inner.End();
   Sha256 outer;
   for(int i = 0; i < 64; i++)
      outer.Add(pad[i] ^ 0x5c);
   for(int i = 0; i < 32; i++)
      outer.Add(inner.DigestByte(i));
   outer.End();
   return outer.Hex();
}

#endif
