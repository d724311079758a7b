package dev.sluice.protocol.translate;

/// Which tool-call ids a target accepts.
///
/// @param maximum characters; 0 is no limit
/// @param wordCharactersOnly `[a-zA-Z0-9_-]` only, as Anthropic wants them
public record IdRules(int maximum, boolean wordCharactersOnly) {
    public static final IdRules ANY = new IdRules(0, false);
}
