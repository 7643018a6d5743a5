package dev.polycert.order.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.domain.DomainName;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordNamesTest {

  @Test
  void aNameStandsForItselfItsWildcardAndItsWww() {
    assertThat(RecordNames.domains(List.of("_dnsauth.example.com")))
        .extracting(DomainName::ascii)
        .containsExactly("example.com", "*.example.com", "www.example.com");
  }
}
