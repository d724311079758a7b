package dev.sluice.core.gateway;

import dev.sluice.core.metering.Meter;
import dev.sluice.core.ports.Ledger.Settlement;
import dev.sluice.core.ports.Ledger.Word;
import dev.sluice.model.Usage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One attempt's admission, and what became of it: settled exactly once, when it is closed, whatever the reason.
final class Permit implements AutoCloseable {
    private static final Usage ZERO = Usage.of(0, 0);

    private final boolean probe;
    private final Consumer<Settlement> books;
    private final Meter meter = new Meter();
    private Contact contact = Contact.NONE;
    private Word word = Word.NOTHING;
    private boolean isSettled;

    /// How far the attempt has come.
    private enum Contact {
        /// The provider was never reached.
        NONE,
        /// It was, and did nothing.
        REFUSED,
        /// It may be at work.
        OPEN
    }

    Permit(boolean probe, Consumer<Settlement> books) {
        this.probe = probe;
        this.books = books;
    }

    /// Whether this is the one probe of a half-open breaker.
    boolean isProbe() {
        return probe;
    }

    /// Listens to the attempt.
    Meter meter() {
        return meter;
    }

    /// The request leaves.
    void sent() {
        contact = Contact.OPEN;
    }

    /// It turned out that it never arrived.
    void neverArrived() {
        contact = Contact.NONE;
    }

    /// The provider has said no.
    void refused() {
        contact = Contact.REFUSED;
    }

    /// What the attempt says about the target's health; nothing, when it is not the last one there.
    void says(Word about) {
        word = about;
    }

    @Override
    public void close() {
        if (!isSettled) {
            isSettled = true;
            books.accept(contact == Contact.NONE ? Settlement.returned(word) : new Settlement(true, used(), word));
        }
    }

    /// Null: nobody knows.
    private @Nullable Usage used() {
        if (meter.usage().isReported()) {
            return meter.used();
        }
        return contact == Contact.REFUSED && !meter.heardContent() ? ZERO : null;
    }
}
