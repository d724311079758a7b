package dev.sluice.core.routing;

import java.util.List;

/// One of the things that a tier of an alias chooses between, with what is known of it now.
///
/// @param key its stable name: a target's ref, `alias:` and an alias' id, or a bare model id
/// @param refs of the targets behind it
record Option(String key, int weight, Outlook outlook, List<String> refs, Node node) {}
