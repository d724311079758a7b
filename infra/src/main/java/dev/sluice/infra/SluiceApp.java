package dev.sluice.infra;

import java.nio.file.Path;
import java.util.List;
import software.amazon.awscdk.App;

/// The CDK app: `cdk.json` starts it through `infra/app`, which builds what it needs first.
public final class SluiceApp {
    private SluiceApp() {}

    /// @param arguments the top of the repository
    public static void main(String[] arguments) {
        Artifacts artifacts = Artifacts.of(Path.of(arguments.length == 0 ? ".." : arguments[0]));
        List<Path> missing = artifacts.missing();
        if (!missing.isEmpty()) {
            missing.forEach(zip -> System.err.println("sluice: " + zip + " is not there: infra/app builds it"));
            System.exit(1);
        }
        App app = new App();
        try {
            stacks(app, Settings.from(app.getNode()), artifacts, Release.current());
        } catch (SettingsRefused refused) {
            refused.problems().forEach(problem -> System.err.println("sluice: " + problem));
            System.exit(2);
        }
        app.synth();
    }

    static void stacks(App app, Settings settings, Artifacts artifacts, Release release) {
        new SluiceStack(app, settings, artifacts, release);
        settings.edgeStack().ifPresent(edge -> new SluiceEdgeStack(app, settings, edge));
    }
}
