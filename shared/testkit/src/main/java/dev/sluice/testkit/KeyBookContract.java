package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.ports.KeyBook;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every book of keys does, whatever it is made of.
public abstract class KeyBookContract {
    private KeyBook book = new FakeRegistry();

    /// A book without keys.
    protected abstract KeyBook fresh();

    @BeforeEach
    void begin_with_a_fresh_book() {
        book = fresh();
    }

    @Test
    void a_fresh_book_is_empty() {
        assertThat(book.list()).isEmpty();
    }

    @Test
    void a_key_is_kept_with_all_it_has() {
        assertThat(book.create(Keys.full(1, "laptop"))).isTrue();
        assertThat(book.list()).containsExactly(Keys.full(1, "laptop"));
    }

    @Test
    void keys_are_listed_by_name() {
        book.create(Keys.plain(1, "tablet"));
        book.create(Keys.plain(2, "desk"));
        book.create(Keys.plain(3, "laptop, the old one"));

        assertThat(book.list()).extracting(KeyRecord::name).containsExactly("desk", "laptop, the old one", "tablet");
    }

    @Test
    void two_keys_of_one_name_are_refused() {
        book.create(Keys.plain(1, "laptop"));

        assertThat(book.create(Keys.full(2, "laptop"))).isFalse();
        assertThat(book.list()).containsExactly(Keys.plain(1, "laptop"));
    }

    @Test
    void two_names_of_one_key_are_refused() {
        book.create(Keys.plain(1, "laptop"));

        assertThat(book.create(Keys.plain(1, "desk"))).isFalse();
        assertThat(book.list()).containsExactly(Keys.plain(1, "laptop"));
        assertThat(book.create(Keys.plain(2, "desk")))
                .as("the name that was refused is free")
                .isTrue();
    }

    @Test
    void a_revoked_key_stays_in_the_book_and_keeps_its_name() {
        book.create(Keys.full(1, "laptop"));

        assertThat(book.revoke("laptop")).isTrue();
        assertThat(book.list()).containsExactly(Keys.full(1, "laptop").revoke());
        assertThat(book.create(Keys.plain(2, "laptop"))).isFalse();
        assertThat(book.create(Keys.full(1, "again"))).isFalse();
    }

    @Test
    void what_cannot_be_revoked_is_told() {
        book.create(Keys.plain(1, "laptop"));
        book.create(Keys.plain(2, "desk"));
        book.revoke("laptop");

        assertThat(book.revoke("laptop")).as("twice").isFalse();
        assertThat(book.revoke("nobody")).isFalse();
        assertThat(book.revoke("LAPTOP")).isFalse();
        assertThat(book.list()).extracting(KeyRecord::revoked).containsExactly(false, true);
    }

    @Test
    void of_many_that_make_one_name_at_once_exactly_one_does() {
        List<Boolean> made = Together.run(16, i -> book.create(Keys.plain(i, "laptop")));

        assertThat(made).filteredOn(Boolean::booleanValue).hasSize(1);
        assertThat(book.list()).extracting(KeyRecord::name).containsExactly("laptop");
    }

    @Test
    void a_book_holds_many_keys() {
        IntStream.range(0, 120).forEach(i -> book.create(Keys.plain(i, "key %03d".formatted(i))));

        assertThat(book.list())
                .containsExactlyElementsOf(IntStream.range(0, 120)
                        .mapToObj(i -> Keys.plain(i, "key %03d".formatted(i)))
                        .toList());
    }
}
