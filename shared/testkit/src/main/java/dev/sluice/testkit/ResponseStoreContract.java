package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.ResponseStore;
import dev.sluice.core.ports.ResponseStore.Forgotten;
import dev.sluice.core.ports.ResponseStore.Found;
import dev.sluice.core.ports.ResponseStore.Kept;
import dev.sluice.core.stored.StoredResponse;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store of answers does, whatever it is made of.
public abstract class ResponseStoreContract {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(3600);

    private ResponseStore store = new FakeResponseStore();

    /// A store that holds nothing.
    protected abstract ResponseStore freshStore();

    @BeforeEach
    void begin_with_a_fresh_store() {
        store = freshStore();
    }

    private static StoredResponse response(String id, String document) {
        return new StoredResponse(id, "owner", "openai/m", LATER, document);
    }

    /// Text that does not pack well, the same each time.
    private static String noise(int length) {
        Random random = new Random(length);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) (' ' + random.nextInt(0x5e)));
        }
        return text.toString();
    }

    @Test
    void nothing_is_found_in_a_fresh_store() {
        assertThat(store.find("resp_1", NOW)).isEqualTo(new Found.Missing());
        assertThat(store.forget("resp_1")).isEqualTo(Forgotten.MISSING);
    }

    @Test
    void what_was_kept_is_found_with_all_it_has() {
        StoredResponse kept = response("resp_1", "{\"a\":\"\u00e9\ud83d\ude00\"}");

        assertThat(store.keep(kept)).isEqualTo(Kept.KEPT);

        assertThat(store.find("resp_1", NOW)).isEqualTo(new Found.Here(kept));
        assertThat(store.find("resp_2", NOW)).isEqualTo(new Found.Missing());
    }

    @Test
    void an_answer_that_the_provider_keeps_has_no_document() {
        StoredResponse kept = response("resp_1", "");
        store.keep(kept);

        assertThat(store.find("resp_1", NOW)).isEqualTo(new Found.Here(kept));
        assertThat(kept.isKeptByProvider()).isTrue();
    }

    @Test
    void an_answer_of_many_parts_comes_back_whole() {
        StoredResponse kept = response("resp_1", noise(1_500_000));

        assertThat(store.keep(kept)).isEqualTo(Kept.KEPT);

        assertThat(store.find("resp_1", NOW)).isEqualTo(new Found.Here(kept));
    }

    @Test
    void a_shorter_answer_in_place_of_a_longer_one_holds_nothing_of_it() {
        store.keep(response("resp_1", noise(1_000_000)));
        StoredResponse shorter = response("resp_1", "{}");
        store.keep(shorter);

        assertThat(store.find("resp_1", NOW)).isEqualTo(new Found.Here(shorter));
    }

    @Test
    void what_is_too_large_is_not_kept() {
        assertThat(store.keep(response("resp_1", noise(6_000_000)))).isEqualTo(Kept.TOO_LARGE);
        assertThat(store.find("resp_1", NOW)).isEqualTo(new Found.Missing());
    }

    @Test
    void what_has_expired_is_missing() {
        store.keep(response("resp_1", "{}"));

        assertThat(store.find("resp_1", LATER.minusSeconds(1))).isInstanceOf(Found.Here.class);
        assertThat(store.find("resp_1", LATER)).isEqualTo(new Found.Missing());
    }

    @Test
    void what_was_forgotten_is_missing() {
        store.keep(response("resp_1", noise(1_000_000)));

        assertThat(store.forget("resp_1")).isEqualTo(Forgotten.FORGOTTEN);
        assertThat(store.find("resp_1", NOW)).isEqualTo(new Found.Missing());
        assertThat(store.forget("resp_1")).isEqualTo(Forgotten.MISSING);
    }
}
