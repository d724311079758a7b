/// Google's Gemini API (`generateContent`, `streamGenerateContent`, `countTokens`).
@NullMarked
package dev.sluice.protocol.gemini;

import org.jspecify.annotations.NullMarked;
