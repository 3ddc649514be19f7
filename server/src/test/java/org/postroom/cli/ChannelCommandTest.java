package org.postroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.person.Role;
import org.postroom.web.rest.RestTest;
import picocli.CommandLine;

class ChannelCommandTest extends RestTest {
    @TempDir
    Path folder;

    /** What a command left. */
    record Ran(int status, String out, String err) {}

    private Ran run(Map<String, String> environment, String input, String... arguments) {
        CommandLine line = new CommandLine(
                new ChannelCommand(environment, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8))));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int status = line.execute(arguments);
        return new Ran(status, out.toString(), err.toString());
    }

    private Map<String, String> environment() {
        return new HashMap<>(
                Map.of("POSTROOM_URL", "http://127.0.0.1:" + port() + "/", "POSTROOM_API_KEY", ADMINISTRATOR));
    }

    private Ran run(String... arguments) {
        return run(environment(), "", arguments);
    }

    @Test
    void listsEveryChannel() {
        String id = addChannel();

        Ran table = run("list");
        Ran json = run("list", "--json");

        assertThat(table.status()).isZero();
        assertThat(table.out()).startsWith("NAME").contains("ADDRESS", "STATE", id, "disabled");
        assertThat(JSON.readTree(json.out()).valueStream().map(c -> c.path("id").asString()))
                .contains(id);
    }

    @Test
    void showsAChannelByNameOrId() {
        String id = addChannel();
        String name = get("/api/v1/channels/" + id).at("/name");

        assertThat(run("show", name).out()).contains(id, "incoming.host", "health.counts.imported");
        assertThat(JSON.readTree(run("show", id, "--json").out()).path("name").asString())
                .isEqualTo(name);
    }

    @Test
    void addsFromAFileWithThePasswordOfTheEnvironment() throws IOException {
        Path file = Files.writeString(
                folder.resolve("channel.json"), channelBody(unique("File"), "x").replace(", \"password\": \"x\"", ""));
        Map<String, String> environment = environment();
        Ran without = run("add", "--file", file.toString());
        environment.put("POSTROOM_PASSWORD", "planted-password");

        Ran added = run(environment, "", "add", "--file", file.toString(), "--json");

        assertThat(without.status()).isEqualTo(1);
        assertThat(without.err()).contains("  authentication.password: ");
        assertThat(added.status()).isZero();
        assertThat(added.out() + added.err()).doesNotContain("planted-password");
    }

    @Test
    void addsFromStandardInput() {
        Ran added = run(environment(), channelBody(unique("Input"), "x"), "add", "--file", "-");

        assertThat(added.status()).isZero();
        assertThat(added.out()).contains("Added Input");
    }

    @Test
    void addsFromOptions() {
        String name = unique("Options");
        Map<String, String> environment = environment();
        environment.put("POSTROOM_CLIENT_SECRET", "planted-secret");

        Ran added = run(
                environment,
                "",
                "add",
                "--name=" + name,
                "--address=support@contoso.test",
                "--host=outlook.office365.com",
                "--smtp-host=smtp.office365.com",
                "--tenant=contoso.test",
                "--client-id=app",
                "--disabled");

        assertThat(added.err()).isEmpty();
        assertThat(added.status()).isZero();
        assertThat(added.out()).contains("press Connect").doesNotContain("planted-secret");
        assertThat(run("show", name).out()).contains("outlook.office365.com", "993", "oauth2", "587");
    }

    @Test
    void wrongFieldsStandOnePerLine() {
        Ran refused = run("add", "--name=x", "--address=nobody");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err().lines()).anyMatch(line -> line.startsWith("  address: "));
        assertThat(refused.err().lines()).anyMatch(line -> line.startsWith("  incoming.host: "));
        assertThat(refused.err()).doesNotContain("\tat ");
    }

    @Test
    void fileThatIsNoChannelIsNamed() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"name\": \n oops");
        Path list = Files.writeString(folder.resolve("list.json"), "[]");

        assertThat(run("add", "--file", broken.toString()).err()).contains("broken.json is not JSON: line 2");
        assertThat(run("add", "--file", list.toString()).err()).contains("list.json is not a JSON object");
        assertThat(run("add", "--file", folder.resolve("none").toString()).status())
                .isEqualTo(2);
    }

    @Test
    void testEndsWithOneIfTheChannelDoesNotWork() {
        String id = addChannel();

        Ran tested = run("test", id);
        Ran json = run("test", id, "--json");

        assertThat(tested.status()).isEqualTo(1);
        assertThat(tested.out()).contains("Incoming", "server reached", "2 steps failed.", "does not work");
        assertThat(json.status()).isEqualTo(1);
        assertThat(JSON.readTree(json.out()).path("ok").asBoolean(true)).isFalse();
    }

    @Test
    void switchesOnAndOff() {
        String id = addChannel();

        assertThat(run("enable", id).out()).contains("is on.");
        assertThat(run("disable", id, "--json").out()).contains("\"enabled\":false");
        assertThat(run("enable", "no such channel").status()).isEqualTo(1);
        assertThat(run("enable", "no such channel").err()).contains("there is no channel 'no such channel'");
    }

    @Test
    void keyThatIsMissingUnknownOrTooWeakIsToldApart() {
        Map<String, String> none = environment();
        none.remove("POSTROOM_API_KEY");
        Map<String, String> unknown = environment();
        unknown.put("POSTROOM_API_KEY", "unknown");
        Map<String, String> weak = environment();
        weak.put("POSTROOM_API_KEY", keyOf(Role.AGENT));

        assertThat(run(none, "", "list").status()).isEqualTo(2);
        assertThat(run(none, "", "list").err()).contains("POSTROOM_API_KEY is not set");
        assertThat(run(unknown, "", "list").status()).isEqualTo(1);
        assertThat(run(unknown, "", "list").err()).contains("does not know the key");
        assertThat(run(weak, "", "list").err()).contains("administrator's key is needed");
    }

    @Test
    void serverThatIsNotThereIsNamed() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Map<String, String> environment = environment();
        environment.put("POSTROOM_URL", "http://127.0.0.1:" + free);

        Ran ran = run(environment, "", "list");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("no Postroom answers at http://127.0.0.1:" + free, "./postroom up");
    }

    @Test
    void serverThatIsSomethingElseIsNamed() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            byte[] page = "<html>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        other.start();
        Map<String, String> environment = environment();
        environment.put("POSTROOM_URL", "http://127.0.0.1:" + other.getAddress().getPort());

        Ran ran = run(environment, "", "list");
        other.stop(0);

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("is not Postroom");
    }

    @Test
    void wrongUsageEndsWithTwo() {
        Map<String, String> address = environment();
        address.put("POSTROOM_URL", "ftp://x");

        assertThat(run().status()).isEqualTo(2);
        assertThat(run("add").status()).isEqualTo(2);
        assertThat(run("show").status()).isEqualTo(2);
        assertThat(run("add", "--name=x", "--send-as=a@b").status()).isEqualTo(2);
        assertThat(run(address, "", "list").status()).isEqualTo(2);
    }
}
