package org.postroom.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.postroom.doctor.Doctor;
import org.postroom.mailbox.IncomingProbe;
import org.postroom.send.OutgoingProbe;
import org.postroom.wire.Dialer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code postroom doctor}: the diagnosis that Test connection shows, of a mailbox or of a running server's channel. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Try a mailbox or a channel step by step: what works, what fails, why, and what to do.",
            "For a URL the secret comes from POSTROOM_PASSWORD or POSTROOM_ACCESS_TOKEN.",
            "For a channel the server comes from POSTROOM_URL and POSTROOM_API_KEY.",
            "Changes nothing on the mail servers. Exit status 1 if a step fails."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final String OFFERED = "imap, imaps, smtp, smtps, submission or submissions";

    @Parameters(
            paramLabel = "URL",
            arity = "0..1",
            description = "imap[s]://user@host[:port][/folder], smtp[s]://user@host[:port] or submission://user@host")
    private @Nullable String url;

    @Option(names = "--channel", paramLabel = "NAME", description = "A channel of a running server, by name or id.")
    private @Nullable String channel;

    @Option(
            names = "--send-to",
            paramLabel = "ADDRESS",
            description = "Send one test mail there, which proves that the sender address may be used.")
    private @Nullable String sendTo;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    private final Map<String, String> environment;

    DoctorCommand() {
        this(System.getenv());
    }

    DoctorCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if ((url == null) == (channel == null)) {
            throw wrong("name either a URL or --channel NAME");
        }
        if (sendTo != null && !Doctor.mayGetTestMail(sendTo)) {
            throw wrong("--send-to: write one address, like ann@example.com");
        }
        try {
            JsonNode report = url == null ? ofChannel(Objects.requireNonNull(channel)) : ofMailbox(url);
            if (json) {
                out().println(report);
            } else {
                DoctorPrint.to(out()).report(report);
            }
            return report.path("ok").asBoolean(false) ? 0 : 1;
        } catch (ClientProblem problem) {
            PrintWriter err = commandLine().commandLine().getErr();
            err.println("postroom doctor: " + ChannelCall.printable(problem.words()));
            problem.details().forEach(line -> err.println("  " + ChannelCall.printable(line)));
            err.flush();
            return problem.status();
        } finally {
            out().flush();
        }
    }

    private JsonNode ofChannel(String name) throws ClientProblem {
        PostroomClient server = PostroomClient.of(environment);
        String id = ChannelCall.text(ChannelCall.find(server, name), "/id");
        ObjectNode body = JsonMapper.shared().createObjectNode();
        if (sendTo != null) {
            body.put("sendTo", sendTo);
        }
        return server.post("/channels/" + PostroomClient.encoded(id) + "/test", body);
    }

    private JsonNode ofMailbox(String entered) {
        MailboxUrl address;
        try {
            address = MailboxUrl.parse(entered, OFFERED);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
        String token = secret("POSTROOM_ACCESS_TOKEN");
        String password = secret("POSTROOM_PASSWORD");
        if (token == null && password == null) {
            throw wrong("no secret: set POSTROOM_PASSWORD or POSTROOM_ACCESS_TOKEN in the environment");
        }
        if (sendTo != null && !address.protocol().equals("smtp")) {
            throw wrong("--send-to needs an smtp, smtps or submission URL, or --channel");
        }
        GivenMailbox mailbox = new GivenMailbox(address, password, token);
        Dialer dialer;
        try {
            dialer = GivenMailbox.dialer(environment);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
        Clock clock = Clock.systemUTC();
        Doctor doctor = new Doctor(
                IncomingProbe.over(dialer, mailbox.mailboxSecrets(), clock),
                OutgoingProbe.over(dialer, mailbox.sendSecrets(), clock),
                client -> null,
                clock);
        return JsonMapper.shared().valueToTree(doctor.test(mailbox.channel(), sendTo, step -> true));
    }

    private @Nullable String secret(String name) {
        String value = environment.getOrDefault(name, "");
        return value.isEmpty() ? null : value;
    }

    private ParameterException wrong(String words) {
        return new ParameterException(commandLine().commandLine(), words);
    }

    private CommandSpec commandLine() {
        return Objects.requireNonNull(spec);
    }

    private PrintWriter out() {
        return commandLine().commandLine().getOut();
    }
}
