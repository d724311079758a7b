package dev.sluice.aws.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class RehearsedNetworkTest {
    /// The sockets of this process, by their numbers in the kernel.
    private static List<String> sockets() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.map(RehearsedNetworkTest::target)
                    .filter(target -> target.startsWith("socket:"))
                    .toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedSince) {
            return "";
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void calls_itself_plain_and_over_tls_and_leaves_no_socket_open() throws IOException {
        List<String> before = sockets();
        RehearsedNetwork.play();
        assertThat(settled(before)).isSubsetOf(before);
    }

    /// The JDK gives a socket's file back a moment after the socket was closed.
    private static List<String> settled(List<String> before) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        List<String> now = sockets();
        while (!before.containsAll(now) && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            now = sockets();
        }
        return now;
    }

    @Test
    void its_certificate_is_good_for_loopback_and_for_whoever_trusts_it() throws Exception {
        SelfSigned identity = SelfSigned.make();
        try (SSLServerSocket server =
                (SSLServerSocket) identity.server().getServerSocketFactory().createServerSocket(0)) {
            assertThat(handshake(server, identity)).isEqualTo("TLSv1.3");
            SelfSigned stranger = SelfSigned.make();
            assertThatThrownBy(() -> handshake(server, stranger)).isInstanceOf(SSLHandshakeException.class);
        }
    }

    private static String handshake(SSLServerSocket server, SelfSigned trusted) throws Exception {
        Thread other = Thread.ofVirtual().start(() -> {
            try (SSLSocket accepted = (SSLSocket) server.accept()) {
                accepted.startHandshake();
                accepted.getInputStream().read();
            } catch (IOException refused) {
                // the client's word counts
            }
        });
        try (SSLSocket client =
                (SSLSocket) trusted.client().getSocketFactory().createSocket("127.0.0.1", server.getLocalPort())) {
            client.startHandshake();
            return client.getSession().getProtocol();
        } finally {
            other.join();
        }
    }
}
