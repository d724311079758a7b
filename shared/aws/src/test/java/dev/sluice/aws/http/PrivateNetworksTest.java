package dev.sluice.aws.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateNetworksTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.9.9.9",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "192.0.0.8",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::a00:1",
                "2002:7f00:1::",
                "2001:db8::1",
                "2001::1"
            })
    void private_addresses_are_told(String address) throws UnknownHostException {
        assertThat(PrivateNetworks.isPrivate(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.0.0.1",
                "128.0.0.1",
                "169.253.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.167.0.1",
                "192.1.0.1",
                "223.255.255.1",
                "2606:4700::1111",
                "2a00:1450::8a",
                "64:ff9b::101:101",
                "::ffff:8.8.8.8"
            })
    void public_addresses_pass(String address) throws UnknownHostException {
        assertThat(PrivateNetworks.isPrivate(InetAddress.getByName(address))).isFalse();
    }

    @Test
    void one_private_address_among_several_is_enough() throws UnknownHostException {
        InetAddress open = InetAddress.getByName("1.1.1.1");
        InetAddress home = InetAddress.getByName("192.168.0.1");
        assertThat(new PrivateNetworks(host -> new InetAddress[] {open, home}).judge("x"))
                .isEqualTo(PrivateNetworks.Verdict.PRIVATE);
        assertThat(new PrivateNetworks(host -> new InetAddress[] {open}).judge("x"))
                .isEqualTo(PrivateNetworks.Verdict.PUBLIC);
        assertThat(new PrivateNetworks(host -> new InetAddress[0]).judge("x"))
                .isEqualTo(PrivateNetworks.Verdict.UNKNOWN_HOST);
    }
}
