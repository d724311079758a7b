package dev.sluice.bench.startup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Archives of classes, trained for these measurements by one start and one stream each, in a folder that is thrown away:
/// none is ever used with jars other than those it was made of, unless that is what is measured.
final class Archives {
    private static final Runtime.Version CHECKS_ITS_JARS = Runtime.Version.parse("25.0.4");

    private final Account account;
    private final Path folder;

    Archives(Account account, Path folder) {
        this.account = account;
        this.folder = folder;
    }

    /// Whether this JDK refuses an AOT cache whose jars have changed: before 25.0.4 it does not (JDK-8377932).
    static boolean isCacheSafe() {
        return Runtime.version().compareToIgnoreOptional(CHECKS_ITS_JARS) >= 0;
    }

    /// An archive of application classes, on top of the JDK's own.
    Path dynamic(Path task) throws IOException, InterruptedException {
        return trained(task, "app.jsa", "-XX:ArchiveClassesAtExit=");
    }

    /// Classes, profiles and code of JEP 483, 514, 515.
    Path cache(Path task) throws IOException, InterruptedException {
        return trained(task, "app.aot", "-XX:AOTCacheOutput=");
    }

    private Path trained(Path task, String name, String flag) throws IOException, InterruptedException {
        Path archive = folder.resolve(name);
        Variant training = Variant.onDemand("training", Variant.QUICK, task).with(flag + archive);
        Start.measure(account, training, "0,1", (_, pid) -> ended(pid));
        if (!Files.exists(archive)) {
            throw new IOException("no archive was written: " + archive);
        }
        return archive;
    }

    /// Lets the process, which stands still between invocations, end in order: it writes its archive then.
    private static void ended(long pid) throws IOException, InterruptedException {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        for (String signal : List.of("-TERM", "-CONT")) {
            new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor();
        }
        try {
            process.onExit().get(1, TimeUnit.MINUTES);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException unexpected) {
            throw new IOException("the training did not end", unexpected);
        }
    }

    /// The same function with jars of another time, as an unpacked zip may have them.
    Path touched(Path task) throws IOException {
        Path copy = folder.resolve("touched");
        try (Stream<Path> files = Files.walk(task)) {
            for (Path file : files.toList()) {
                Path there = copy.resolve(task.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(there);
                } else {
                    Files.copy(file, there);
                    Files.setLastModifiedTime(there, FileTime.from(Instant.EPOCH.plusSeconds(1_000_000_000)));
                }
            }
        }
        return copy;
    }

    /// The archive as if another build of the JDK had made it: a patched runtime looks like this to it.
    Path ofAnotherBuild(Path archive) throws IOException {
        byte[] bytes = Files.readAllBytes(archive);
        byte[] version = System.getProperty("java.vm.version").getBytes(StandardCharsets.US_ASCII);
        int at = indexOf(bytes, version);
        if (at < 0) {
            throw new IOException("the archive does not name the JDK that made it");
        }
        bytes[at + version.length - 1] ^= 1;
        return Files.write(folder.resolve("other-" + archive.getFileName()), bytes);
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        ByteBuffer needle = ByteBuffer.wrap(wanted);
        for (int at = 0; at + wanted.length <= Math.min(bytes.length, 8192); at++) {
            if (ByteBuffer.wrap(bytes, at, wanted.length).equals(needle)) {
                return at;
            }
        }
        return -1;
    }
}
