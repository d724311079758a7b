package dev.sluice.core.resilience;

import dev.sluice.core.config.LoopBreakerRules;
import java.util.LinkedHashMap;

/// Notices a conversation whose answers all break off: a tool that goes on with it by itself pays for each. Thread-safe,
/// bounded.
///
/// Such a conversation grows by every broken answer, so no body comes twice, and [LoopBreaker] cannot see it. One that broke
/// off as often as the rules allow rests for their window after its latest answer; then one request may try again, for a
/// provider may be well by now. It is forgotten when it has been silent for as many windows as there are repeats: each turn
/// takes as long as a model does.
public final class BrokenConversations {
    private static final int MOST = 4096;

    private final LinkedHashMap<Conversation, Broken> broken = new LinkedHashMap<>(16, 0.75f, true);

    private record Conversation(String keyHash, long hash) {}

    /// @param inARow answers, without a whole one between
    /// @param latest when the latest of them ended, in nanoseconds of the monotonic clock
    private record Broken(int inARow, long latest) {}

    /// Whether no conversation has broken off lately: then none need be named, and `whole` has nothing to do.
    public synchronized boolean isIdle() {
        return broken.isEmpty();
    }

    /// Whether its answers broke off as often as the rules allow, the latest of them within the window.
    public synchronized boolean isResting(String keyHash, long conversation, LoopBreakerRules rules, long nanos) {
        Broken so = broken.get(new Conversation(keyHash, conversation));
        return rules.repeats() > 0
                && so != null
                && so.inARow >= rules.repeats()
                && nanos - so.latest < rules.window().toNanos();
    }

    /// An answer broke off.
    public synchronized void brokeOff(String keyHash, long conversation, LoopBreakerRules rules, long nanos) {
        if (rules.repeats() <= 0) {
            return;
        }
        long memory = rules.window().multipliedBy(rules.repeats()).toNanos();
        broken.merge(
                new Conversation(keyHash, conversation),
                new Broken(1, nanos),
                (before, first) -> nanos - before.latest < memory ? new Broken(before.inARow + 1, nanos) : first);
        if (broken.size() > MOST) {
            broken.pollFirstEntry();
        }
    }

    /// An answer was whole: earlier ones no longer count.
    public synchronized void whole(String keyHash, long conversation) {
        broken.remove(new Conversation(keyHash, conversation));
    }
}
