package dev.sluice.infra;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.infra.cost.JsonTree;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/// One variant of the app, synthesized once for all tests: the first one starts a node process.
///
/// @param text the template as it is written
record Synthesized(Stack stack, Template template, String text) {
    private static final Map<Variant, Synthesized> MADE = new ConcurrentHashMap<>();
    private static final Pattern ASSET = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern VERSION = Pattern.compile("(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}");

    enum Variant {
        USUAL("Sluice", Map.of()),
        EVERYTHING(
                "Mine",
                Map.ofEntries(
                        Map.entry("sluice:stack", "Mine"),
                        Map.entry("sluice:architecture", "x86_64"),
                        Map.entry("sluice:memoryMb", "1769"),
                        Map.entry("sluice:timeoutSeconds", "300"),
                        Map.entry("sluice:concurrency", "20"),
                        Map.entry("sluice:rotationConcurrency", "1"),
                        Map.entry("sluice:snapStart", "false"),
                        Map.entry("sluice:logRetentionDays", "7"),
                        Map.entry("sluice:deletionProtection", "false"),
                        Map.entry("sluice:removal", "destroy"),
                        Map.entry("sluice:alarmEmail", "owner@example.org"),
                        Map.entry("sluice:dashboard", "false"),
                        Map.entry("sluice:monthlyBudgetUsd", "50"),
                        Map.entry("sluice:rotationDays", "30"),
                        Map.entry("sluice:bedrock", "true"),
                        Map.entry("sluice:cloudFront", "true"),
                        Map.entry("sluice:domain", "llm.example.org"),
                        Map.entry(
                                "sluice:certificateArn",
                                "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000"),
                        Map.entry(
                                "sluice:webAclArn",
                                "arn:aws:wafv2:us-east-1:111122223333:global/webacl/mine/00000000-0000-0000-0000-000000000000"),
                        Map.entry("sluice:hostedZoneId", "Z0123456789ABC"))),
        PLAIN_CLOUDFRONT("Sluice", Map.of("sluice:cloudFront", "true")),
        EDGE(
                "SluiceEdge",
                Map.of(
                        "sluice:edge", "true",
                        "sluice:domain", "llm.example.org",
                        "sluice:hostedZoneId", "Z0123456789ABC"));

        private final String stack;

        @SuppressWarnings("ImmutableEnumChecker") // it is one of Map.of
        private final Map<String, String> context;

        Variant(String stack, Map<String, String> context) {
            this.stack = stack;
            this.context = context;
        }

        String goldenFile() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".template.json";
        }
    }

    static Synthesized of(Variant variant) {
        assumeTrue(nodeIsThere(), "node is not on the PATH: the CDK's library runs in it");
        return MADE.computeIfAbsent(variant, Synthesized::make);
    }

    private static boolean nodeIsThere() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    }

    private static Synthesized make(Variant variant) {
        Map<String, Object> context = new LinkedHashMap<>(cdkContext());
        context.putAll(variant.context);
        App app = App.Builder.create()
                .context(context)
                .analyticsReporting(false)
                .outdir(scratch().toString())
                .build();
        SluiceApp.stacks(app, Settings.from(app.getNode()), stubs(), new Release("1.2.3"));
        Aspects.of(app).add(AwsSolutionsChecks.Builder.create().build());
        Stack stack = (Stack) app.getNode().findChild(variant.stack);
        String text = read(Path.of(app.synth().getStackByName(variant.stack).getTemplateFullPath()));
        return new Synthesized(stack, Template.fromString(text), text);
    }

    /// The flags under which the app runs.
    static Map<String, Object> cdkContext() {
        return JsonTree.object(JsonTree.object(read(Path.of("cdk.json"))), "context");
    }

    /// Zips of which only the bytes matter.
    private static Artifacts stubs() {
        try {
            Path folder = scratch();
            return new Artifacts(
                    Files.writeString(folder.resolve("gateway.zip"), "gateway"),
                    Files.writeString(folder.resolve("key-rotation.zip"), "key-rotation"),
                    Files.writeString(folder.resolve("upkeep.zip"), "upkeep"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target/synth")), "app");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The template without what changes with each build of the zips.
    String normal() {
        return VERSION.matcher(ASSET.matcher(text).replaceAll("ASSET")).replaceAll("$1VERSION") + "\n";
    }

    Map<String, Object> resources() {
        return JsonTree.object(JsonTree.object(text), "Resources");
    }
}
