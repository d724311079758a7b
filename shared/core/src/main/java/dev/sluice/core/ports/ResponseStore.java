package dev.sluice.core.ports;

import dev.sluice.core.stored.StoredResponse;
import java.time.Instant;

/// Answers that clients of the Responses API may come back to (`response#<id>`). Many threads may use it at once.
///
/// Nothing throws: a store that does not answer is a value.
public interface ResponseStore {
    /// Keeps nothing: whoever comes back finds no answer.
    ResponseStore NONE = new ResponseStore() {
        @Override
        public Kept keep(StoredResponse response) {
            return Kept.SILENT;
        }

        @Override
        public Found find(String id, Instant now) {
            return new Found.Missing();
        }

        @Override
        public Forgotten forget(String id) {
            return Forgotten.MISSING;
        }
    };

    /// What became of an answer that shall be kept.
    enum Kept {
        KEPT,
        /// More than 4 MB packed: a later use is the dialect's 404.
        TOO_LARGE,
        SILENT
    }

    /// What became of one that shall be forgotten.
    enum Forgotten {
        FORGOTTEN,
        MISSING,
        SILENT
    }

    /// What was found.
    sealed interface Found {
        record Here(StoredResponse response) implements Found {}

        /// Never kept, expired, forgotten, or damaged.
        record Missing() implements Found {}

        record Silent() implements Found {}
    }

    /// Keeps it in place of whatever had its id.
    Kept keep(StoredResponse response);

    /// @param now what has expired by then is missing
    Found find(String id, Instant now);

    Forgotten forget(String id);
}
