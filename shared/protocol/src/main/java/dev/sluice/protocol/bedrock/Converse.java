package dev.sluice.protocol.bedrock;

import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.translate.CacheBudget;
import dev.sluice.protocol.translate.FormatInstruction;
import dev.sluice.protocol.translate.IdRules;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.Normaliser;
import dev.sluice.protocol.translate.SystemPlace;
import dev.sluice.protocol.translate.ToolNames;

/// A request on its way to Bedrock, with what its parts share while they are written.
///
/// @param request in normal form, its tool ids legal here
record Converse(ChatRequest request, TargetProfile target, Losses losses, ToolNames names, CachePoints cache) {
    /// The longest name and id of a tool.
    private static final int LONGEST = 64;

    static Converse of(ChatRequest asked, TargetProfile target, Losses losses) {
        Capabilities caps = target.capabilities();
        Integer idMax = caps.toolIdMax();
        IdRules ids = new IdRules(idMax == null ? LONGEST : Math.min(idMax, LONGEST), true);
        ChatRequest placed = SystemPlace.of(asked, caps.midSystem());
        ChatRequest request = Normaliser.normalise(FormatInstruction.spoken(placed, caps, false, losses), ids);
        CachePoints cache = new CachePoints(CacheBudget.of(request), caps.promptCache());
        return new Converse(request, target, losses, new ToolNames(nameMax(caps)), cache);
    }

    private static int nameMax(Capabilities caps) {
        Integer nameMax = caps.toolNameMax();
        return nameMax == null ? LONGEST : nameMax;
    }

    Capabilities caps() {
        return target.capabilities();
    }

    /// The longest name of a tool that the target takes.
    int nameMax() {
        return nameMax(caps());
    }
}
