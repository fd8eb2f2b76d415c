from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("addresses", "0003_one_register")]
    operations = [
        migrations.AddField(model_name="addressbatch", name="as_of", field=models.DateField(null=True))
    ]
