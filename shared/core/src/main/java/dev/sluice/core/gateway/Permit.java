package dev.sluice.core.gateway;

import dev.sluice.core.ports.Health;
import dev.sluice.core.ports.Time;
import dev.sluice.core.resilience.Verdict;

/// One target's admission. Its health is told exactly once how the attempts there went; closed without a word, whatever
/// the reason, the probe it may have been is free again.
final class Permit implements AutoCloseable {
    private final Health health;
    private final Health.Admission.Granted admission;
    private final Time time;
    private boolean isSpent;

    Permit(Health health, Health.Admission.Granted admission, Time time) {
        this.health = health;
        this.admission = admission;
        this.time = time;
    }

    void succeeded() {
        if (spend()) {
            health.succeeded(admission, time.now());
        }
    }

    void failed(Verdict verdict) {
        if (verdict.touchesHealth() && spend()) {
            health.failed(
                    admission,
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
            health.released(admission);
        }
    }

    private boolean spend() {
        boolean first = !isSpent;
        isSpent = true;
        return first;
    }
}
