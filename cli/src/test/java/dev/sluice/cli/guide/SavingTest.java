package dev.sluice.cli.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.control.LimitReading;
import dev.sluice.cli.secret.CredentialStore;
import dev.sluice.cli.terminal.Key;
import dev.sluice.cli.terminal.Key.Named;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.ports.ConfigVersions;
import dev.sluice.core.ports.KeyBook;
import dev.sluice.core.ports.PortFailure;
import dev.sluice.core.ports.WorkerKeys;
import dev.sluice.model.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A version that is written keeps its secret, whatever goes wrong behind it.
class SavingTest {
    private static final Proposal DESK = new Proposal(
            "guide: provider desk",
            copy -> copy.withProvider(Json.object()
                    .put("id", "desk")
                    .put(
                            "endpoints",
                            Json.object()
                                    .put("openai-chat", "https://desk.example.com/v1")
                                    .build())
                    .put("credential", "desk")
                    .build()),
            Optional.of(new Secret.Typed("desk", "a-secret-of-the-desk")),
            List.of());

    /// What does not answer any more.
    private enum Silent {
        THE_WRITE,
        WHAT_COMES_AFTER
    }

    @TempDir
    private Path home;

    private ScriptedStage saved(Silent silent) {
        Desk desk = new Visit(home).desk();
        Desk unlucky = new Desk(
                desk.surroundings(),
                desk.directory(),
                () -> new LosingAnswers(desk.open(), silent),
                desk.commands(),
                List.of());
        ScriptedStage stage = new ScriptedStage(List.of(new Key.Typed("s")), Named.INTERRUPT);
        new Saving(stage, unlucky).review(DESK);
        assertThat(new Visit(home).shell().run("credential", "list").out()).contains("desk");
        assertThat(new Visit(home).shell().run("provider", "list").out()).contains("desk");
        return stage;
    }

    @Test
    void the_secret_stays_when_the_answer_to_the_write_is_lost() {
        assertThat(saved(Silent.THE_WRITE).all().replaceAll("\\s+", " "))
                .contains("no answer came", "the credential desk stays kept");
    }

    @Test
    void the_secret_stays_when_nobody_tells_what_is_missing_after_the_write() {
        assertThat(saved(Silent.WHAT_COMES_AFTER).all()).doesNotContain("Not saved");
    }

    /// Does what it is asked for, and does not say so.
    private record LosingAnswers(Holdings there, Silent silent) implements Holdings {
        @Override
        public ConfigVersions versions() {
            return silent == Silent.THE_WRITE ? new LosingWrites(there.versions()) : there.versions();
        }

        @Override
        public CredentialStore credentials() {
            return there.credentials();
        }

        @Override
        public KeyBook keys() {
            return there.keys();
        }

        @Override
        public KeyHash hashes() {
            return there.hashes();
        }

        @Override
        public WorkerKeys workerKeys() {
            return there.workerKeys();
        }

        @Override
        public LimitReading limits() {
            return there.limits();
        }

        @Override
        public Optional<String> url() {
            return there.url();
        }

        @Override
        public List<String> missing() {
            throw new PortFailure("no answer came");
        }

        @Override
        public void close() {
            there.close();
        }
    }

    private record LosingWrites(ConfigVersions there) implements ConfigVersions {
        @Override
        public Optional<Version> head() {
            return there.head();
        }

        @Override
        public Optional<Version> byNumber(long number) {
            return there.byNumber(number);
        }

        @Override
        public List<Version> history(int limit) {
            return there.history(limit);
        }

        @Override
        public Write write(long expectedVersion, String document, String who, Instant when) {
            there.write(expectedVersion, document, who, when);
            throw new PortFailure("no answer came");
        }
    }
}
