package dev.polycert.vendor.tencent.ssl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.provider.Information.Person;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FullNameTest {
  private static Person person(
      @Nullable String name, @Nullable String first, @Nullable String last) {
    return new Person(name, first, last, null, null, null);
  }

  @ParameterizedTest
  @CsvSource({
    "Wei Hua, Wei, Hua",
    "' Anna  Maria Example ', Anna  Maria, Example",
    "华卫, 卫, 华",
    "王小明, 小明, 王",
    "欧阳娜娜, 娜娜, 欧阳",
    "王 小明, 小明, 王",
    "Bob,,",
    "O'Brien,,"
  })
  void tellsTheNamesApart(String name, @Nullable String first, @Nullable String last) {
    assertThat(FullName.split(person(name, null, null))).isEqualTo(person(name, first, last));
  }

  @Test
  void givenNamesStay() {
    Person given = person("Wei Hua", "W.", null);

    assertThat(FullName.split(given)).isEqualTo(given);
  }
}
