package dev.sluice.bench.startup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/// A provider on loopback that speaks Chat over TLS, as real ones do, and knows when its last byte left. Its certificate
/// is made by the JDK's `keytool` and added to a copy of the JDK's own, which clients are then told to trust.
final class TlsProvider implements AutoCloseable {
    private static final String PASSWORD = "changeit";
    private static final int DELTAS = 5;
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String CHUNK =
            "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
                    + "\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n";

    private final SSLServerSocket listener;
    private final Path trust;
    private final AtomicLong lastByte = new AtomicLong();

    TlsProvider(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Path keys = folder.resolve("provider.p12");
        Path certificate = folder.resolve("provider.crt");
        this.trust = folder.resolve("cacerts");
        Files.copy(Path.of(System.getProperty("java.home"), "lib", "security", "cacerts"), trust);
        keytool(keys, "-genkeypair", "-keyalg", "EC", "-dname", "CN=loopback", "-ext", "san=ip:127.0.0.1");
        keytool(keys, "-exportcert", "-file", certificate.toString());
        keytool(trust, "-importcert", "-noprompt", "-file", certificate.toString());
        KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        this.listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 64, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().name("provider").start(this::accept);
    }

    private static void keytool(Path store, String command, String... arguments)
            throws IOException, InterruptedException {
        List<String> line = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                command,
                "-alias",
                "loopback",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    /// What a process trusts this provider by.
    List<String> trust() {
        return List.of("-Djavax.net.ssl.trustStore=" + trust, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    String config() {
        return """
                {"version": 1, "providers": [{"id": "tls", "endpoints": {"openai-chat": "https://127.0.0.1:%d/v1"},
                 "credential": "one", "allowPrivateNetwork": true, "models": ["m"]}]}""".formatted(listener.getLocalPort());
    }

    /// When the last answer's last byte left, in nanoseconds of this process.
    long lastByte() {
        return lastByte.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().name("provider-connection").start(() -> talk(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream());
            while (Http.readRequest(in)) {
                answer(client.getOutputStream());
            }
        } catch (IOException | InterruptedException gone) {
            // the client has what it wanted
        }
    }

    private void answer(OutputStream out) throws IOException, InterruptedException {
        send(out, HEAD + chunk(CHUNK.formatted("{\"role\":\"assistant\",\"content\":\"Hello\"}", "null")));
        for (int i = 0; i < DELTAS; i++) {
            Thread.sleep(2);
            send(out, chunk(CHUNK.formatted("{\"content\":\" and more\"}", "null")));
        }
        Thread.sleep(5); // all of it has been handed on when the end comes
        String end = chunk(CHUNK.formatted("{}", "\"stop\"") + "data: [DONE]\n\n") + "0\r\n\r\n";
        lastByte.set(System.nanoTime());
        send(out, end);
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
