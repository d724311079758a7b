package dev.sluice.simulation;

import dev.sluice.core.config.AliasConfig.Strategy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The owner's configuration in the simulation: the defaults, but shorter deadlines.
final class Configuration {
    /// The longest an attempt takes until its first byte.
    static final Duration FIRST_BYTE = Duration.ofSeconds(20);

    private Configuration() {}

    static String text(List<TargetSpec> targets, List<Scenario.Cap> caps, Strategy strategy) {
        Map<String, List<TargetSpec>> byProvider = targets.stream()
                .collect(Collectors.groupingBy(TargetSpec::provider, LinkedHashMap::new, Collectors.toList()));
        String providers = byProvider.entrySet().stream()
                .map(entry -> provider(entry.getKey(), entry.getValue(), caps))
                .collect(Collectors.joining(","));
        String refs = targets.stream()
                .map(target -> "{\"ref\":\"" + target.ref() + "\",\"weight\":" + target.weight() + "}")
                .collect(Collectors.joining(","));
        return "{\"version\":1,\"defaultModel\":\"coding\",\"providers\":[" + providers
                + "],\"modelAliases\":{\"coding\":{\"strategy\":\"" + strategy.id() + "\",\"targets\":[" + refs
                + "]}},\"timeouts\":{\"firstByteMs\":" + FIRST_BYTE.toMillis() + ",\"idleMs\":"
                + FIRST_BYTE.toMillis() + ",\"totalMs\":300000}}";
    }

    private static String provider(String id, List<TargetSpec> targets, List<Scenario.Cap> caps) {
        String models = targets.stream()
                .map(target -> "{\"id\":\"" + target.model() + "\",\"contextWindow\":200000,\"maxOutputTokens\":8000}")
                .collect(Collectors.joining(","));
        String limits = caps.stream()
                .filter(cap -> cap.provider().equals(id))
                .map(cap -> "{\"id\":\"month\",\"models\":[\"all\"],\"" + cap.unit() + "\":" + cap.most()
                        + ",\"window\":{\"unit\":\"month\",\"size\":1}}")
                .collect(Collectors.joining(","));
        return "{\"id\":\"" + id + "\",\"endpoints\":{" + endpoints(id) + "},\"credential\":\"key\",\"models\":["
                + models + "],\"rateLimits\":[" + limits + "]}";
    }

    /// One provider speaks both dialects and two speak one each, so that requests go both untranslated and translated.
    private static String endpoints(String id) {
        String anthropic = "\"anthropic\":\"https://" + id + ".test\"";
        String chat = "\"openai-chat\":\"https://" + id + ".test/v1\"";
        return switch (id) {
            case "beta" -> anthropic;
            case "gamma" -> chat;
            default -> anthropic + "," + chat;
        };
    }
}
