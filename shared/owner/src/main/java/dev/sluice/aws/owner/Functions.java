package dev.sluice.aws.owner;

import dev.sluice.model.Json;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lambda's functions as far as a status tells of them. Throws [OwnerFailure].
public final class Functions {
    private final AwsCalls calls;

    Functions(AwsCalls calls) {
        this.calls = calls;
    }

    /// A version of a function.
    ///
    /// @param version its number, or `$LATEST`
    /// @param state `Active` when it can be invoked
    /// @param lastUpdate `Successful` when nothing is pending
    /// @param snapStart `PublishedVersions` or `None`
    /// @param snapshot `On` when a snapshot is used
    public record Version(
            String version,
            String state,
            String lastUpdate,
            String snapStart,
            String snapshot,
            @Nullable Long memoryMb,
            String architecture) {}

    /// What that alias leads to; empty when there is none.
    public Optional<Version> behind(String function, String alias) {
        try {
            return Optional.of(version(calls.read(
                    Service.LAMBDA,
                    "GetFunctionConfiguration",
                    "/2015-03-31/functions/" + function + "/configuration",
                    Map.of("Qualifier", alias))));
        } catch (OwnerFailure failed) {
            if (failed.kind() == OwnerFailure.Kind.ABSENT) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private static Version version(Json.Obj json) {
        Json.Obj snapStart = json.object("SnapStart");
        Json architecture = json.items("Architectures").stream().findFirst().orElse(null);
        return new Version(
                json.text("Version", ""),
                json.text("State", ""),
                json.text("LastUpdateStatus", ""),
                snapStart == null ? "None" : snapStart.text("ApplyOn", "None"),
                snapStart == null ? "Off" : snapStart.text("OptimizationStatus", "Off"),
                json.whole("MemorySize"),
                architecture instanceof Json.Str(String name) ? name : "x86_64");
    }
}
