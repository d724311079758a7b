package dev.sluice.cli.importing;

/// One field that was not carried over.
///
/// @param path in the foreign file, as in `model_list[2].litellm_params.timeout`
/// @param value shortened; never a secret
/// @param why in words, with what to do instead where there is something
public record Lost(String path, String value, String why) {}
