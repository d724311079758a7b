package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.tool.Place;
import dev.sluice.cli.tool.Tool;
import dev.sluice.cli.tool.ToolState;
import dev.sluice.cli.tool.UndoRecord.OwnKey;
import dev.sluice.core.access.KeyRecord;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The keys that are made for coding tools, in a gateway's own book.
final class ToolKeys {
    private static final int MOST = 1000;

    private final Holdings holdings;
    private final @Nullable String stack;
    private final Surroundings surroundings;

    /// @param stack whose book it is; null: this machine's
    ToolKeys(Holdings holdings, @Nullable String stack, Surroundings surroundings) {
        this.holdings = holdings;
        this.stack = stack;
        this.surroundings = surroundings;
    }

    /// A key in the hands of one setup: one that was made for it is revoked at the end unless it was kept.
    final class Lent implements AutoCloseable {
        private final String name;
        private final String secret;
        private boolean kept;

        private Lent(String name, String secret, boolean kept) {
            this.name = name;
            this.secret = secret;
            this.kept = kept;
        }

        String name() {
            return name;
        }

        String secret() {
            return secret;
        }

        OwnKey named() {
            return new OwnKey(name, stack);
        }

        /// The tool has it now.
        void keep() {
            kept = true;
        }

        @Override
        public void close() {
            if (!kept) {
                holdings.keys().revoke(name);
            }
        }

        @Override
        public String toString() {
            return "Lent[" + name + "]"; // never the key
        }
    }

    /// The key that an earlier setup has made for the tool, while it is good.
    Optional<Lent> present(Tool tool, Place place) {
        ToolState state = ToolState.of(tool, place);
        String secret = state.key();
        return secret == null
                ? Optional.empty()
                : known(state, secret).filter(key -> !key.revoked()).map(key -> new Lent(key.name(), secret, true));
    }

    private Optional<KeyRecord> known(ToolState state, String secret) {
        OwnKey own = state.ownKey();
        if (own == null || !Objects.equals(own.stack(), stack)) {
            return Optional.empty();
        }
        String hash = holdings.hashes().of(secret);
        return holdings.keys().list().stream()
                .filter(key -> key.name().equals(own.name()) && key.hash().equals(hash))
                .findFirst();
    }

    /// A new key, called after the tool.
    Lent make(Tool tool, Set<String> allowed) {
        for (int tries = 0; tries < 3; tries++) {
            NewKey made = NewKey.of(
                    new NewKey.Wish(free(tool.name()), surroundings.time().now(), null, allowed, List.of()),
                    holdings,
                    surroundings.random());
            if (holdings.keys().create(made.record())) {
                return new Lent(made.record().name(), made.secret(), false);
            }
        }
        throw CommandFailure.failed("others are making keys at this moment: try again");
    }

    private String free(String name) {
        List<String> taken =
                holdings.keys().list().stream().map(KeyRecord::name).toList();
        return IntStream.range(1, MOST)
                .mapToObj(number -> number == 1 ? name : name + "-" + number)
                .filter(candidate -> !taken.contains(candidate))
                .findFirst()
                .orElseThrow(() -> CommandFailure.failed("there are " + MOST + " keys called " + name));
    }

    /// What became of a key that nothing has any more.
    enum Ending {
        REVOKED,
        /// It was revoked before.
        OVER,
        /// This book does not have it.
        UNKNOWN
    }

    /// Ends the key that an earlier setup has made for the tool.
    Ending revoke(ToolState state) {
        String secret = state.key();
        Optional<KeyRecord> key = secret == null ? Optional.empty() : known(state, secret);
        if (key.isEmpty()) {
            return Ending.UNKNOWN;
        }
        boolean isEnded =
                !key.get().revoked() && holdings.keys().revoke(key.get().name());
        return isEnded ? Ending.REVOKED : Ending.OVER;
    }
}
