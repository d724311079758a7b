package dev.sluice.protocol.translate;

import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Degradation;
import dev.sluice.model.Field;
import dev.sluice.model.Policies;
import dev.sluice.protocol.TargetProfile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a target cannot carry, collected while a request is encoded; what must not be lost is refused.
public final class Losses {
    private final TargetProfile target;
    private final List<Degradation> degraded = new ArrayList<>();

    public Losses(TargetProfile target) {
        this.target = target;
    }

    /// Something is left out and the answer may differ: a strict owner wants it refused.
    public void drop(String path) {
        if (isStrict(path)) {
            throw refused(path, "'" + path + "' is not supported by the model " + target.model() + ".");
        }
        tell(path, "unsupported");
    }

    /// Something arrives, but not as the client wished it: a strict owner wants it refused.
    ///
    /// @param reason one word, as in `clamped`
    public void change(String path, String reason) {
        if (isStrict(path)) {
            throw refused(
                    path, "'" + path + "' would not reach the model " + target.model() + " as it is (" + reason + ").");
        }
        tell(path, reason);
    }

    /// The output tokens that the client wants, no more than the model gives where the owner wants it so: a switch of its own, so
    /// also when strict. Null: the client does not say.
    public @Nullable Long outputTokens(ChatRequest request) {
        Long wanted = request.maxOutputTokens();
        Long most = target.capabilities().maxOutputTokens();
        if (wanted == null
                || most == null
                || wanted <= most
                || !target.policies().clampMaxTokens()) {
            return wanted;
        }
        tell(request.pathOf(Field.MAX_OUTPUT_TOKENS), "clamped");
        return most;
    }

    /// The first of the client's stop sequences, as many as the target takes.
    ///
    /// @param usual how many it takes where nothing is said of it
    public List<String> firstStops(ChatRequest request, int usual) {
        Capabilities caps = target.capabilities();
        List<String> stop = request.stop();
        int most = !caps.stop() ? 0 : caps.maxStop() == null ? usual : caps.maxStop();
        if (stop.size() <= most) {
            return stop;
        }
        drop(request.pathOf(Field.STOP));
        return stop.subList(0, most);
    }

    /// What has no place in the client's body came from no client.
    private boolean isStrict(String path) {
        return target.policies().strict() && !path.isEmpty();
    }

    private void tell(String path, String reason) {
        Degradation degradation = new Degradation(path, reason);
        if (!path.isEmpty() && !degraded.contains(degradation)) {
            degraded.add(degradation);
        }
    }

    /// A wish that the answer would be wrong without.
    public WrongShape needed(String path) {
        return refused(path, "'" + path + "' is not supported by the model " + target.model() + ".");
    }

    /// Content of a kind that the target does not take: refused, or dropped where the owner wants it so.
    public void modality(String path, String kind) {
        if (target.policies().unsupportedModality() == Policies.Loss.REJECT) {
            throw refused(path, kind + " is not supported by the model " + target.model() + ".");
        }
        drop(path);
    }

    /// A tool that only its own provider runs.
    public void serverTool(String path, String name) {
        if (target.policies().serverTools() == Policies.Loss.REJECT) {
            throw refused(path, "The tool '" + name + "' is not supported by the model " + target.model() + ".");
        }
        drop(path);
    }

    public WrongShape refused(String path, String message) {
        return WrongShape.at(path, message);
    }

    public List<Degradation> degraded() {
        return degraded;
    }
}
