package dev.sluice.core.config;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a configuration document: good as a whole, or refused as a whole with every error at once.
///
/// JSON in UTF-8, at most 1 MiB, and 300 KiB compressed; `//` and `/* */` comments and a byte order mark are tolerated and not kept. No error
/// repeats what could be a secret.
public final class ConfigReader {
    private static final int FORMAT = 1;
    private static final Range FORMATS = new Range(FORMAT, FORMAT);

    private final Json.Obj document;
    private final Findings findings;
    private final ObjectFields root;

    private ConfigReader(Json.Obj document, Findings findings) {
        this.document = document;
        this.findings = findings;
        this.root = ObjectFields.of(document, "", ConfigFields.ROOT, findings);
    }

    /// @param version the number that the document has, or would have, in the history
    public static ConfigReading read(byte[] document, long version) {
        Findings findings = new Findings();
        Json.Obj object = DocumentText.parse(document, findings);
        if (object == null) {
            return new ConfigReading.Refused(findings.errors());
        }
        ConfigSnapshot snapshot = new ConfigReader(object, findings).snapshot(version);
        int packed = PackedDocument.sizeOf(snapshot.document());
        if (packed > PackedDocument.MOST_BYTES) {
            findings.say("", packed + " bytes when compressed", "at most " + PackedDocument.MOST_BYTES);
        }
        return findings.isClean()
                ? new ConfigReading.Good(snapshot, findings.notYetInForce())
                : new ConfigReading.Refused(findings.errors());
    }

    private ConfigSnapshot snapshot(long version) {
        checkFormat();
        List<ProviderConfig> providers = new ProviderReading(findings).read(root);
        Map<String, AliasConfig> aliases = new AliasReading(findings).read(root);
        RulesReading rules = new RulesReading(root);
        String defaultModel = defaultModel();
        ConfigSnapshot snapshot = new ConfigSnapshot(
                version,
                JsonText.print(document),
                defaultModel,
                providers,
                aliases,
                rules.access(),
                rules.timeouts(),
                rules.retries(),
                rules.cooldowns(),
                rules.breaker(),
                rules.loopBreaker(),
                rules.maxRequestBytes(),
                root.flag("allowPolicyFallback", false),
                rules.topPolicies());
        checkRefs(snapshot);
        return snapshot;
    }

    private void checkFormat() {
        root.text("$schema");
        if (root.has("version")) {
            root.whole("version", FORMAT, FORMATS);
        } else {
            root.wrong("version", "1, the version of this format");
        }
    }

    private @Nullable String defaultModel() {
        String ref = root.presentOrNull("defaultModel") == null ? null : root.text("defaultModel");
        if (ref != null && ref.isEmpty()) {
            root.wrong("defaultModel", "a provider/model, a model's id or an alias, or null");
        }
        return ref;
    }

    private void checkRefs(ConfigSnapshot snapshot) {
        RefCheck refs = new RefCheck(snapshot.providers(), snapshot.aliases(), findings);
        String defaultModel = snapshot.defaultModel();
        if (defaultModel != null) {
            refs.checkDefault(defaultModel);
        }
        findings.mentions().forEach(refs::checkMention);
        refs.checkAliases();
    }
}
