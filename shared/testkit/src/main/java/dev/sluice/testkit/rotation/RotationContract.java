package dev.sluice.testkit.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.WorkerKeysContract.Place;
import dev.sluice.testkit.rotation.RotationLaws.Broken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The laws of the rotation, over any place of the master key: steps repeated, reordered, within one another, failing
/// before and after each call; commands of the owner between them; time that passes.
public abstract class RotationContract {
    private static final int HAPPENINGS = 20;
    private static final long SEED = 20_261_121;

    /// A place where nothing was ever rotated.
    protected abstract Place fresh();

    protected abstract int sequences();

    /// Whether the laws are looked at after each call, and not only after each happening.
    protected abstract boolean checksEachCall();

    @Test
    void the_current_key_is_always_valid_and_an_old_one_never_past_its_grace() {
        for (int number = 0; number < sequences(); number++) {
            List<Long> seeds = seeds(SEED + number);
            if (broken(seeds).isPresent()) {
                List<Long> fewest = shrink(seeds);
                assertThat(broken(fewest))
                        .as("sequence %d, happenings %s", SEED + number, fewest)
                        .isEmpty();
            }
        }
    }

    private static List<Long> seeds(long sequence) {
        SplittableRandom random = new SplittableRandom(sequence);
        return random.longs(1 + random.nextInt(HAPPENINGS)).boxed().toList();
    }

    /// Which law is broken, and after what.
    private Optional<String> broken(List<Long> seeds) {
        RotationWorld world = new RotationWorld(fresh(), checksEachCall());
        try {
            seeds.forEach(seed -> world.happen(new SplittableRandom(seed)));
            world.endWell();
            return Optional.empty();
        } catch (Broken law) {
            return Optional.of(law.getMessage() + "\n" + String.join("\n", world.trace()));
        }
    }

    /// Leaves out what is not needed for a law to be broken.
    private List<Long> shrink(List<Long> seeds) {
        List<Long> fewest = new ArrayList<>(seeds);
        for (int i = fewest.size() - 1; i >= 0; i--) {
            List<Long> fewer = new ArrayList<>(fewest);
            fewer.remove(i);
            if (broken(fewer).isPresent()) {
                fewest = fewer;
            }
        }
        return fewest;
    }
}
