package dev.sluice.protocol.anthropic;

import dev.sluice.model.Degradation;
import dev.sluice.model.Failure;
import dev.sluice.model.Policies;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one request loses on its way to a target, by the owner's policies: what is dropped with a warning, and the
/// first thing that must not be dropped.
final class Losses {
    private final Policies policies;
    private final List<Degradation> degraded = new ArrayList<>();
    private Failure.@Nullable Refused problem;

    Losses(Policies policies) {
        this.policies = policies;
    }

    /// The output may differ: a warning, or under `strict` a refusal.
    void drop(String path) {
        if (policies.strict()) {
            refuse(path, "the target cannot carry it, and the policy `strict` is on");
        } else {
            note(Degradation.unsupported(path));
        }
    }

    /// A value brought into the target's range.
    void clamp(String path) {
        if (policies.strict()) {
            refuse(path, "it is outside the target's range, and the policy `strict` is on");
        } else {
            note(new Degradation(path, "clamped"));
        }
    }

    /// Something the owner has allowed to change by a switch of its own.
    void note(Degradation degradation) {
        if (!degraded.contains(degradation)) {
            degraded.add(degradation);
        }
    }

    /// The user's own content would be lost.
    void modality(String path, String what) {
        switch (policies.unsupportedModality()) {
            case REJECT -> refuse(path, "the target takes no " + what);
            case DROP -> drop(path);
        }
    }

    /// A tool that only another provider runs.
    void serverTool(String path) {
        switch (policies.serverTools()) {
            case REJECT -> refuse(path, "the target does not have this tool");
            case DROP -> drop(path);
        }
    }

    void refuse(String path, String message) {
        if (problem == null) {
            problem = Failure.Refused.field(path, path + ": " + message);
        }
    }

    Failure.@Nullable Refused problem() {
        return problem;
    }

    List<Degradation> degraded() {
        return degraded;
    }
}
