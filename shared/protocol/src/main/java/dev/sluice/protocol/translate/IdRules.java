package dev.sluice.protocol.translate;

import org.jspecify.annotations.Nullable;

/// Which tool-call ids a target accepts.
///
/// @param maximum characters; 0 is no limit
/// @param wordCharactersOnly `[a-zA-Z0-9_-]` only, as Anthropic wants them
public record IdRules(int maximum, boolean wordCharactersOnly) {
    public static final IdRules ANY = new IdRules(0, false);

    /// Any characters, no longer than the target takes.
    public static IdRules upTo(@Nullable Integer longest) {
        return new IdRules(longest == null ? 0 : longest, false);
    }

    /// The id itself when it is legal, else its nearest legal form with a hash of the whole.
    public String legal(String id) {
        int longest = maximum == 0 ? Integer.MAX_VALUE : maximum;
        if (wordCharactersOnly) {
            return ToolNames.legal(id, longest);
        }
        return id.length() <= longest ? id : id.substring(0, Math.max(0, longest - 9)) + "_" + ToolNames.hash(id);
    }
}
