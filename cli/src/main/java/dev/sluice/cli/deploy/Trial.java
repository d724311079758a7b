package dev.sluice.cli.deploy;

import dev.sluice.aws.owner.Deployment;
import dev.sluice.aws.owner.Owner;
import dev.sluice.core.ports.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A deployed stack tried out: its rotation, then the gateway with the master key, which is fetched for it and shown to
/// nobody.
public final class Trial {
    private final Owner owner;
    private final Time time;

    public Trial(Owner owner, Time time) {
        this.owner = owner;
        this.time = time;
    }

    /// Waits for the first rotation of a new stack: before it no key opens anything.
    public void await(Steps steps) {
        if (!new Rotation(owner, time).awaited(steps)) {
            steps.failed("the rotation that makes the master key is not done yet");
        }
    }

    /// The key that is current.
    public Optional<String> key() {
        return new Rotation(owner, time).key();
    }

    public List<Check> run() {
        Rotation rotation = new Rotation(owner, time);
        List<Check> checks = new ArrayList<>();
        checks.add(rotation.check());
        Optional<String> key = rotation.key();
        checks.addAll(new Smoke(owner.deployment().address(), key.orElse(""), time).run());
        return checks;
    }

    /// How tools are pointed at it.
    public static List<String> settings(Deployment deployment, Optional<String> key) {
        String url = deployment.address().toString();
        String secret = key.orElse("<the master key: aws secretsmanager get-secret-value --secret-id "
                + deployment.stack() + "/master-key --query SecretString --output text>");
        return List.of(
                "OpenAI     " + url + "/v1  (Chat Completions, Responses)",
                "Anthropic  " + url + "     (Messages)",
                "Gemini     " + url + "     (generateContent)",
                "Ollama     " + url + "     (chat, generate)",
                "",
                "Claude Code   ANTHROPIC_BASE_URL=" + url + " ANTHROPIC_AUTH_TOKEN=" + secret,
                "OpenAI tools  OPENAI_BASE_URL=" + url + "/v1 OPENAI_API_KEY=" + secret);
    }
}
