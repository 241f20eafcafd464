// The one thing MQL5 and C++ write differently and the protocol cannot do without: a growing array.
// mt5/shim/mql5_shim.h defines ML_GROWING for C++; everything else in this folder is plain MQL5.
#ifndef ML_ASSETS_DIALECT
#define ML_ASSETS_DIALECT

#ifndef ML_GROWING
#define ML_GROWING(type, name) type name[]
#endif

#endif
