package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postroom.mail.Address;

class AddressesTest {
    static Stream<Arguments> lists() {
        return Stream.of(
                read("ann@b.example", "|ann@b.example"),
                read("Ann <ann@b.example>", "Ann|ann@b.example"),
                read("\"Example, Ann\" <ann@b.example>, bob@c.example", "Example, Ann|ann@b.example", "|bob@c.example"),
                read("ann@b.example; bob@c.example", "|ann@b.example", "|bob@c.example"),
                read("ann@b.example bob@c.example", "|ann@b.example", "|bob@c.example"),
                read("Ann <ann@b.example> Bob <bob@c.example>", "Ann|ann@b.example", "Bob|bob@c.example"),
                read("ann@b.example (Ann Example)", "Ann Example|ann@b.example"),
                read(
                        "Team: Ann <ann@b.example>, bob@c.example;, x@d.example",
                        "Ann|ann@b.example",
                        "|bob@c.example",
                        "|x@d.example"),
                read("undisclosed-recipients:;"),
                read("<@relay.example,@other.example:ann@b.example>", "|ann@b.example"),
                read("=?utf-8?q?J=C3=BCrgen?= <j@b.example>", "Jürgen|j@b.example"),
                read("=?utf-8?q?Doe=2C_Ann_=3Cann=40b=2Eexample=3E?=", "Doe, Ann|ann@b.example"),
                read("\"=?utf-8?b?5bGx55Sw?=\" <y@b.example>", "山田|y@b.example"),
                read("'Ann' <ann@b.example>", "Ann|ann@b.example"),
                read("Ann ann@b.example", "Ann|ann@b.example"),
                read("Ann \"the boss\" Example <ann@b.example>", "Ann the boss Example|ann@b.example"),
                read("\"ann smith\"@b.example", "|\"ann smith\"@b.example"),
                read("ann @ b . example", "|ann@b.example"),
                read("<mailto:ann@b.example>", "|ann@b.example"),
                read("<ann@b.example", "|ann@b.example"),
                read("<<ann@b.example>>", "|ann@b.example"),
                read("\"unfinished <ann@b.example>", "unfinished|ann@b.example"),
                read("用户@例子.测试", "|用户@例子.测试"),
                read("root", "|root"),
                read(" , ,, "),
                read(""));
    }

    private static Arguments read(String header, String... people) {
        return Arguments.of(header, List.of(people));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void readsPeople(String header, List<String> people) {
        List<Address> found = Addresses.parse(header);

        assertThat(found).extracting(a -> a.name() + "|" + a.address()).isEqualTo(people);
    }
}
