package dev.sluice.core.gateway;

import dev.sluice.core.ports.Health;
import dev.sluice.core.ports.Time;
import dev.sluice.core.resilience.Verdict;
import dev.sluice.core.routing.Target;

/// One target's admission. Its health is told exactly once how the attempts there went; closed without a word, whatever
/// the reason, the probe it may have held is free again.
final class Permit implements AutoCloseable {
    private final Health health;
    private final Target target;
    private final Time time;
    private boolean isSpent;

    Permit(Health health, Target target, Time time) {
        this.health = health;
        this.target = target;
        this.time = time;
    }

    void succeeded() {
        if (spend()) {
            health.succeeded(target.provider().id(), target.model().id(), time.now());
        }
    }

    void failed(Verdict verdict) {
        if (verdict.touchesHealth() && spend()) {
            health.failed(
                    target.provider().id(),
                    target.model().id(),
                    verdict.scope(),
                    verdict.countsForBreaker(),
                    verdict.cooldown(),
                    verdict.named(),
                    time.now());
        }
    }

    @Override
    public void close() {
        if (spend()) {
            health.released(target.provider().id(), target.model().id(), time.now());
        }
    }

    private boolean spend() {
        boolean first = !isSpent;
        isSpent = true;
        return first;
    }
}
