package dev.sluice.core.ports;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One secret that is changed by rotation: its versions, and the labels (stages) that say what each is for.
///
/// A label is on one version at a time. Every method throws [PortFailure] where the service refuses or does not answer;
/// what was asked for may then have been done all the same.
public interface VersionedSecret {
    /// The version that holds.
    String CURRENT = "AWSCURRENT";

    /// The version that a rotation is making.
    String PENDING = "AWSPENDING";

    /// The version that held before.
    String PREVIOUS = "AWSPREVIOUS";

    /// A version that its owner wishes to become the next one.
    String WISHED = "SLUICE_WISHED";

    /// What is known of the secret beside its values.
    ///
    /// @param rotates whether a rotation is set up
    /// @param next when the next rotation is due at the latest
    /// @param stages the labels of each version that has any
    record Description(
            String arn,
            String name,
            boolean rotates,
            @Nullable Instant lastRotated,
            @Nullable Instant next,
            Map<String, Set<String>> stages) {
        public Description {
            stages = Map.copyOf(stages);
        }

        /// The version with that label.
        public Optional<String> versionOf(String stage) {
            return stages.entrySet().stream()
                    .filter(version -> version.getValue().contains(stage))
                    .map(Map.Entry::getKey)
                    .findFirst();
        }

        public Set<String> stagesOf(String version) {
            return stages.getOrDefault(version, Set.of());
        }
    }

    /// The value of one version.
    record Value(String version, String text, Set<String> stages) {
        public Value {
            stages = Set.copyOf(stages);
        }

        @Override
        public String toString() {
            return "Value[" + version + "]"; // the text shall not get into a log by accident
        }
    }

    Description describe();

    /// The value with that label; empty when there is none.
    Optional<Value> stage(String stage);

    /// The value of that version; empty when it has none yet, or is not there.
    Optional<Value> version(String version);

    /// Gives a version its value, for good, and moves the labels to it. With the same value again it changes nothing.
    ///
    /// @param version a new one, or one that a rotation has made without a value
    /// @return false: the version has another value already
    boolean put(String version, String text, Set<String> stages);

    /// Moves a label to another version; [#CURRENT] leaves [#PREVIOUS] behind.
    ///
    /// @param from where it is now; null: nowhere
    /// @return false: it is not there any more, or there is no such version
    boolean move(String stage, @Nullable String from, String to);

    /// Takes a label off that version.
    ///
    /// @return false: it is not there
    boolean remove(String stage, String from);
}
