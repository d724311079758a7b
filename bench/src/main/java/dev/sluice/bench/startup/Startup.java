package dev.sluice.bench.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Measures how the function starts, variant by variant, and writes the tables (`make startup`).
///
/// Each round visits the variants in another order, on one core and on two; after each the tables are written anew. The
/// system property `startup.against` names an unpacked function of another build that is restored in the same rounds.
public final class Startup {
    private static final String ONE = "0";
    private static final String TWO = "0,1";

    private final Account account;
    private final Path folder;
    private final Path task;
    private final Map<String, Map<String, List<Start.Figures>>> figures = new LinkedHashMap<>();

    private Startup(Account account, Path folder, Path task) {
        this.account = account;
        this.folder = folder;
        this.task = task;
    }

    /// @param arguments where to write (`.md` and `.json` are added), and how many rounds
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("sluice-startup");
        Path task =
                Path.of(System.getProperty("startup.task", "")).toAbsolutePath().normalize();
        try (Account account = new Account(folder)) {
            for (String property : account.provider().trust()) {
                int equals = property.indexOf('=');
                System.setProperty(property.substring(2, equals), property.substring(equals + 1));
            }
            new Startup(account, folder, task).run(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        } finally {
            delete(folder);
        }
        System.exit(0);
    }

    private void run(Path output, int rounds) throws IOException, InterruptedException {
        List<Variant> variants = variants();
        for (String cores : List.of(ONE, TWO)) {
            Map<String, List<Start.Figures>> table = new LinkedHashMap<>();
            variants.forEach(variant -> table.put(variant.name(), new ArrayList<>()));
            figures.put(cores, table);
        }
        // first, and so everything has run once before a start is counted
        Tail.Times tail = new Tail(account).measure(Variant.onDemand("tail", Variant.SMALL, task));
        Random order = new Random(1);
        for (int round = 1; round <= rounds; round++) {
            List<Variant> shuffled = new ArrayList<>(variants);
            Collections.shuffle(shuffled, order);
            for (Variant variant : shuffled) {
                measure(variant, ONE);
                measure(variant, TWO);
            }
            new Report(round, figures, tail).write(output);
        }
    }

    private void measure(Variant variant, String cores) throws IOException, InterruptedException {
        Start.Figures measured = Start.measure(account, variant, cores);
        System.err.println(variant.name() + ", cores " + cores + ": " + measured);
        figures.computeIfAbsent(cores, _ -> new LinkedHashMap<>())
                .computeIfAbsent(variant.name(), _ -> new ArrayList<>())
                .add(measured);
    }

    private List<Variant> variants() throws IOException, InterruptedException {
        Archives archives = new Archives(account, folder);
        Path archive = archives.dynamic(task);
        List<Variant> variants = new ArrayList<>(List.of(
                Variant.onDemand("plain", List.of(), task),
                Variant.onDemand("C1", Variant.QUICK, task),
                Variant.onDemand("AppCDS", Variant.QUICK, task).with("-XX:SharedArchiveFile=" + archive),
                Variant.onDemand("AppCDS, jars of another time", Variant.QUICK, archives.touched(task))
                        .with("-XX:SharedArchiveFile=" + archive),
                Variant.onDemand("AppCDS, another JDK build", Variant.QUICK, task)
                        .with("-XX:SharedArchiveFile=" + archives.ofAnotherBuild(archive)),
                Variant.restored("primed and restored", task)));
        if (Archives.isCacheSafe()) {
            variants.add(
                    Variant.onDemand("AOT cache", Variant.QUICK, task).with("-XX:AOTCache=" + archives.cache(task)));
        }
        String against = System.getProperty("startup.against", "");
        if (!against.isEmpty()) {
            variants.add(Variant.restored("primed and restored, the other build", Path.of(against)));
        }
        return variants;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
